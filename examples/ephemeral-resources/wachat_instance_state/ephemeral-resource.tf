ephemeral "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}

resource "terraform_data" "order_notices" {
  input = {
    instance = "t1_mq9r2jov_jakarta_store"
  }

  lifecycle {
    # The reference is the gate. The condition itself is never false: if the
    # instance is not open, the read fails.
    precondition {
      condition     = ephemeral.wachat_instance_state.shop.connected
      error_message = "The instance is not open."
    }
  }
}
