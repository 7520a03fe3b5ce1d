data "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"

  lifecycle {
    postcondition {
      condition     = self.connected && self.profile_name == "jakarta_store"
      error_message = "The instance is in state \"${self.state}\", or another account is connected to it."
    }
  }
}
