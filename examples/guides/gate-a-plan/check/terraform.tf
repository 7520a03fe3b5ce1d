terraform {
  required_version = ">= 1.5" # for check blocks

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}
