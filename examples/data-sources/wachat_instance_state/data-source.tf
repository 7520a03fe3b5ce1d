data "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"
}

# The gate: the plan fails while the shop is not connected.
resource "terraform_data" "order_notices" {
  input = {
    sender = data.wachat_instance_state.shop.number
  }

  lifecycle {
    precondition {
      condition     = data.wachat_instance_state.shop.state == "open"
      error_message = "The WhatsApp instance is ${data.wachat_instance_state.shop.state}, not open. Connect it in the Wachat dashboard."
    }
  }
}
