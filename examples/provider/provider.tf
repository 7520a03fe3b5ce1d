terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

# The API key comes from the environment variable WACHAT_API_KEY. Where that is
# not to be had, set api_key from a sensitive variable, never from a literal.
provider "wachat" {
  request_timeout = "10s"
  max_retries     = 5
}
