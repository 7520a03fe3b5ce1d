terraform {
  required_version = ">= 1.10" # for ephemeral resources

  required_providers {
    vault = {
      source  = "hashicorp/vault"
      version = ">= 5.0" # for ephemeral resources
    }
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}
