terraform {
  required_providers {
    wachat = {
      source  = "wachat-net/wachat"
      version = "~> 1.0"
    }
  }
}
