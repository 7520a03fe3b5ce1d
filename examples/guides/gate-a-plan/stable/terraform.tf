terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}
