terraform {
  required_providers {
    wachat = {
      source  = "wachat-net/wachat"
      version = "~> 1.0"
    }
  }
}

# Reads the API key from WACHAT_API_KEY. If you can't set that, set api_key from
# a sensitive variable, never from a literal.
provider "wachat" {
  request_timeout = "10s"
  max_retries     = 5
}
