terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

provider "wachat" {
  max_concurrent_requests = 4
  requests_per_second     = 5
  max_retries             = 5
  retry_wait_max          = "1m"
}
