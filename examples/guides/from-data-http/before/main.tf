data "http" "shop" {
  url             = "https://app.wachat.net/api/v1/instance/state?instanceName=t1_mq9r2jov_jakarta_store"
  request_headers = { Authorization = "Bearer ${var.api_key}" }

  lifecycle {
    postcondition {
      condition     = self.status_code == 200 && jsondecode(self.response_body).instance.state == "open"
      error_message = "The shop is not connected."
    }
  }
}
