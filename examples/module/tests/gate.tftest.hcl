# No API key, no network: the provider is a mock, and each run sets what it reads.
mock_provider "wachat" {}

variables {
  instance_name = "t1_mq9r2jov_jakarta_store"
}

run "sends_from_the_connected_number" {
  override_data {
    target = data.wachat_instance_state.sender
    values = {
      state     = "open"
      connected = true
      number    = "628123456789"
    }
  }

  assert {
    condition     = output.sender == "628123456789"
    error_message = "The sender is ${output.sender}."
  }
}

run "is_stopped_while_the_instance_is_closed" {
  command = plan

  override_data {
    target = data.wachat_instance_state.sender
    values = {
      state     = "close"
      connected = false
      number    = null
    }
  }

  expect_failures = [terraform_data.order_notices]
}

# The mock generates other values. A bool is false, so the gate stays closed.
run "is_stopped_unless_the_test_opens_it" {
  command = plan

  expect_failures = [terraform_data.order_notices]
}
