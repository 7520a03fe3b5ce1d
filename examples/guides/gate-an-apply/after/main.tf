# A placeholder for what has to exist before the instance is read.
resource "terraform_data" "route" {
  input = {
    instance = "t1_mq9r2jov_jakarta_store"
  }
}

# The name comes from that resource, so the read is deferred until it exists.
ephemeral "wachat_instance_state" "shop" {
  instance_name  = terraform_data.route.output.instance
  required_state = "open"
  wait_timeout   = "2m"
}

resource "terraform_data" "order_notices" {
  input = {
    route = terraform_data.route.id
  }

  lifecycle {
    precondition {
      condition     = ephemeral.wachat_instance_state.shop.connected
      error_message = "The instance is not open."
    }
  }
}
