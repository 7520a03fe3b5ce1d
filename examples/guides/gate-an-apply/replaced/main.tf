variable "template_version" {
  description = "A new version replaces the resource."
  type        = string
}

ephemeral "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}

resource "terraform_data" "order_notices" {
  input            = var.template_version
  triggers_replace = var.template_version

  lifecycle {
    # Otherwise the old resource is destroyed before the gate runs.
    create_before_destroy = true

    precondition {
      condition     = ephemeral.wachat_instance_state.shop.connected
      error_message = "The instance is not open."
    }
  }
}
