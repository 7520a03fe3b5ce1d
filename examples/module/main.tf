variable "instance_name" {
  description = "Unique API name of the instance."
  type        = string
}

data "wachat_instance_state" "sender" {
  instance_name = var.instance_name
}

resource "terraform_data" "order_notices" {
  input = {
    sender = data.wachat_instance_state.sender.number
  }

  lifecycle {
    precondition {
      condition     = data.wachat_instance_state.sender.connected
      error_message = "The instance is in state \"${data.wachat_instance_state.sender.state}\", not open."
    }
  }
}

output "sender" {
  value = terraform_data.order_notices.output.sender
}
