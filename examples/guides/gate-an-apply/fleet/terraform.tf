terraform {
  required_version = ">= 1.10" # for ephemeral resources

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}
