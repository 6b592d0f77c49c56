struct Port(u16);
