terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

provider "wachat" {
  request_timeout = "3s"
  max_retries     = 1
}
