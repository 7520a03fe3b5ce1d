terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

output "senders" {
  value = [data.wachat_instance_state.jakarta.number, data.wachat_instance_state.bandung.number]
}
