terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

output "number" {
  value = data.wachat_instance_state.shop.number
}
