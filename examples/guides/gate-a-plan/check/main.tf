# The read is part of the check: if it fails, that is a warning too.
check "shop_is_connected" {
  data "wachat_instance_state" "shop" {
    instance_name = "t1_mq9r2jov_jakarta_store"
  }

  assert {
    condition     = data.wachat_instance_state.shop.connected
    error_message = "The shop is in state \"${data.wachat_instance_state.shop.state}\": no order notices are sent."
  }
}

resource "terraform_data" "order_queue" {
  input = {
    instance = "t1_mq9r2jov_jakarta_store"
  }
}
