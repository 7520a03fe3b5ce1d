resource "terraform_data" "each" {
  for_each = toset(local.names)
}
