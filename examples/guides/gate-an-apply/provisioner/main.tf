variable "register_command" {
  description = "Command that reads the number from SENDER."
  type        = string
}

ephemeral "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}

resource "terraform_data" "sender" {
  triggers_replace = var.register_command

  # The number is in neither plan, state nor output.
  provisioner "local-exec" {
    command = var.register_command
    environment = {
      SENDER = ephemeral.wachat_instance_state.shop.number
    }
  }
}
