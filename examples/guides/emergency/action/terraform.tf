terraform {
  required_version = ">= 1.14" # for actions

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}
