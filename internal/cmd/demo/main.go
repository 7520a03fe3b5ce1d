// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command demo runs every gate with real Terraform or OpenTofu, while a WhatsApp
// instance is open and while it is not. It builds the provider of the repository
// in whose root it runs.
//
// It uses an embedded Wachat API. With WACHAT_API_KEY and WACHAT_INSTANCE_NAME
// set it runs one gate on that instance at Wachat instead, and only reads. The
// exit code is 0 only if every command ended as expected.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/fatih/color"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func main() {
	path := flag.String("cli", "", "`path` of Terraform or OpenTofu (default: terraform or tofu on the PATH)")
	flag.Parse()
	// Without it, package color decides by NO_COLOR and by what stdout is.
	if os.Getenv("CLICOLOR_FORCE") != "" {
		color.NoColor = false
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the demo at once

	err := run(ctx, *path)
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		fmt.Println(color.RedString("✗ The demo failed: %v.", err))
		os.Exit(1)
	}
}

// run plays the scenes in a temporary directory, and removes it.
func run(ctx context.Context, path string) (err error) {
	key, instance := os.Getenv("WACHAT_API_KEY"), os.Getenv("WACHAT_INSTANCE_NAME")
	if (key == "") != (instance == "") {
		return errors.New("set both WACHAT_API_KEY and WACHAT_INSTANCE_NAME, or neither")
	}
	dir, err := os.MkdirTemp("", "wachat-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	cli, err := acctest.Find(ctx, path)
	if err != nil {
		return err
	}
	fmt.Printf("Using %s (%s). Of its output you see the lines that matter.\n", cli, cli.Path)
	configFile, err := cli.InstallMirror(ctx, dir)
	if err != nil {
		return err
	}
	d := demo{dir: dir, terminal: acctest.Workspace{CLI: cli, ConfigFile: configFile}}
	if key != "" {
		return d.playOwn(ctx, instance)
	}
	return d.playEmbedded(ctx)
}

// playOwn passes the caller's account and proxy on to the CLI.
func (d demo) playOwn(ctx context.Context, instance string) error {
	fmt.Printf("It reads your instance %s at Wachat, and applies nothing.\n", instance)
	d.terminal.Env = slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(strings.ToUpper(variable), "=")
		return !strings.HasPrefix(name, "WACHAT_") && !strings.HasSuffix(name, "_PROXY")
	})
	d.terminal.Env = append(d.terminal.Env, "TF_VAR_instance_name="+instance)
	return d.play(ctx, ownScenes)
}

func (d demo) playEmbedded(ctx context.Context) error {
	fmt.Println("The API is embedded. To read your own instance, set WACHAT_API_KEY and WACHAT_INSTANCE_NAME.")
	api := wachattest.New() //nolint:contextcheck // it serves until it is closed
	defer api.Close()
	d.shop = api.Create(shop)
	api.Create(branch)
	d.terminal.Env = []string{
		"WACHAT_BASE_URL=" + api.BaseURL(),
		"WACHAT_API_KEY=" + api.Key(),
		"TF_VAR_instance_name=" + shop,
	}
	return d.play(ctx, scenes)
}
