terraform {
  required_version = ">= 1.4" # for terraform_data

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

data "wachat_instance_states" "stores" {
  instance_names = ["t1_mq9r2jov_jakarta_store", "t1_mqc3zame_jakarta_store"]
  required_state = "open"
}

resource "terraform_data" "campaign" {
  input = {
    senders = { for name, store in data.wachat_instance_states.stores.instances : name => store.number }
  }
}

output "senders" {
  value = terraform_data.campaign.output.senders
}
