servers {
  address = "1.2.3.4:5"
}
servers {
  weight = 300
}
peers "a" {
  address = "x"
}
labels = { a = 1, "b" : - 2 }
hosts = ["a", null, (1)]
