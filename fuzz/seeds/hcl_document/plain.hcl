name = "a" # x
workers = 4
ratio = 0.5
database {
  host = "h"
  port = 80
}
