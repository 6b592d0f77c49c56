name = var.x
name = "${x}"
workers = 1 +
