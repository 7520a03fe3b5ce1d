terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

variable "ca_certificate" {
  description = "CA certificate of the proxy, in PEM."
  type        = string
}

provider "wachat" {
  ca_cert_pem = var.ca_certificate # or file("${path.module}/proxy-ca.pem")
}
