terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

# The API key comes from the environment variable WACHAT_API_KEY. If you cannot
# set that, set api_key from a sensitive variable, never from a literal.
provider "wachat" {
  request_timeout = "10s"
  max_retries     = 5
}
