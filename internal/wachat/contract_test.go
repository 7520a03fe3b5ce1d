// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat_test

import (
	"cmp"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// TestContract checks what the provider assumes about the API: the real one with
// WACHAT_API_KEY and WACHAT_INSTANCE_NAME set, or else the embedded one. It sends
// up to four GET requests, and one with a wrong key if WACHAT_WRONG_KEY is set
// too, since that might lock an account.
//
// It prints no value of the account, so that its output can be published.
func TestContract(t *testing.T) {
	c := newContract(t)
	client := c.newClient(true)

	first := c.get(client, c.key, c.name)
	if first.StatusCode == 0 {
		t.Fatal("There is no answer. Run terraform-provider-wachat -check NAME to find out why.")
	}
	c.checkResponse(first)
	if first.instance() != nil {
		c.checkNames(first)
		c.checkMembers(first)
		c.checkState(first)
		c.checkProfile(first.instance())
	}
	unknown := c.checkUnknownName(client)
	http1 := c.checkHTTP1()
	display := c.checkDisplayName(client, first)
	wrongKey := c.checkWrongKey(client)
	answers := []answer{first, unknown, http1, display, wrongKey}
	c.tolerates("no answer repeats the key", !slices.ContainsFunc(answers, c.repeatsKey), "it keeps the key out of every error, log and value")
}

func (c contract) checkResponse(a answer) {
	c.reliesOn("the status is 200", a.StatusCode == http.StatusOK, "it is %d", a.StatusCode)
	c.reliesOn("the body is one JSON object", a.json != nil, "it is not")
	c.reliesOn("the body is at most 1 MiB", len(a.body) <= maxContractBody, "it is larger")
	c.reliesOn("success is true", a.json["success"] == true, "it is another %T", a.json["success"])
	c.reliesOn("instance is an object", a.instance() != nil, "it is a %T", a.json["instance"])
	encoding, age := a.Header.Get("Content-Encoding"), a.Header.Get("Age")
	c.reliesOn("the compression is gzip or none", encoding == "" || encoding == "identity", "it is another")
	c.reliesOn("no cache answers", age == "" || age == "0", "there is an Age")

	kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	c.tolerates("the content type is JSON", kind == "application/json", "it parses the body as JSON anyway")
	_, err := http.ParseTime(a.Header.Get("Date"))
	c.tolerates("there is a Date", err == nil, "the date of a Retry-After counts from this machine's clock")
	if a.TLS != nil {
		c.tolerates("the protocol is HTTP/2", a.ProtoMajor == 2, "each concurrent request needs a connection of its own")
	}
}

func (c contract) checkNames(a answer) {
	instance := a.instance()
	c.reliesOn("the unique name is the one in the request", a.uniqueName() == c.name, "it is another, or there is none")
	for _, member := range []string{"apiInstanceName", "internalName"} {
		c.tolerates(member+" is the unique name", instance[member] == c.name, "one of the two is enough")
	}
	c.tolerates("instanceName is the display name", isText(instance["instanceName"]), "display_name is null")
}

// documented are the members that the reference page shows, for each object.
var documented = map[string][]string{
	"answer":               {"success", "data", "instance"},
	"answer.data":          {"instance"},
	"answer.data.instance": {"instanceName", "state"},
	"answer.instance": {
		"instanceName", "apiInstanceName", "internalName", "state", "profileName",
		"profilePictureUrl", "profilePicUrl", "number", "owner", "integration",
	},
}

func (c contract) checkMembers(a answer) {
	for path, names := range documented {
		members, _ := a.at(path).(map[string]any)
		others := slices.DeleteFunc(slices.Collect(maps.Keys(members)), func(name string) bool { return slices.Contains(names, name) })
		c.tolerates("the reference page shows all members of "+path, len(others) == 0, "other members are in raw_json only")
	}
}

func (c contract) checkState(a answer) {
	state, raw := a.instance()["state"], a.at("answer.data.instance.state")
	c.reliesOn("state is a text", isText(state), "it is empty, or a %T", state)
	if slices.Contains([]any{"open", "connecting", "close", "refused"}, state) {
		c.Logf("The state is %s.", state)
	} else {
		c.tolerates("the state is a known one", false, "it passes any state on, and only open counts as connected")
	}
	isMissing, bothClosed := raw == nil || raw == "", state != "open" && raw != "open"
	c.reliesOn("the raw state does not contradict open", raw == state || isMissing || bothClosed, "one of the two is open")
	c.tolerates("the raw state is the state", raw == state, "a gate does without it, and warns of another state")
}

// checkProfile checks what comes while an instance is open, and only then.
func (c contract) checkProfile(instance map[string]any) {
	for member, form := range map[string]string{
		"number":            `^\d{8,15}$`,
		"owner":             `^\d{8,15}(:\d+)?@s\.whatsapp\.net$`,
		"profileName":       `^.*$`,
		"profilePictureUrl": `^(https://\S+)?$`,
		"profilePicUrl":     `^(https://\S+)?$`,
	} {
		text, ok := instance[member].(string)
		if instance["state"] == "open" {
			isNull := instance[member] == nil && strings.HasPrefix(member, "profile")
			c.tolerates(member+" has its form", isNull || ok && regexp.MustCompile(form).MatchString(text), "it shows a text as it is, and of a number its digits")
		} else {
			c.tolerates(member+" is missing unless open", instance[member] == nil || ok && text == "", "it shows what the API sends")
		}
	}
	c.tolerates("integration is a text", isText(instance["integration"]), "integration is null")
}

func (c contract) checkUnknownName(client *http.Client) answer {
	a := c.get(client, c.key, "t1_contract_"+strings.ToLower(rand.Text()))
	c.reliesOn("the status for an unknown name is 404", a.StatusCode == http.StatusNotFound, "it is %d", a.StatusCode)
	c.tolerates("the answer to an unknown name has a message", a.json["success"] == false && isText(a.json["message"]), "the error shows how the body begins")
	return a
}

// checkHTTP1 matters where a proxy does not speak HTTP/2.
func (c contract) checkHTTP1() answer {
	a := c.get(c.newClient(false), c.key, c.name)
	c.tolerates("HTTP/1.1 gives the same answer", a.StatusCode == http.StatusOK && a.uniqueName() == c.name, "it uses HTTP/2 where the server has it")
	return a
}

func (c contract) checkDisplayName(client *http.Client, first answer) answer {
	const name = "a display name is no unique name"
	display, _ := first.instance()["instanceName"].(string)
	if display == "" || display == c.name || strings.Contains(display, c.key) {
		c.skips(name, "not sent: the answer has no display name that differs")
		return answer{Response: new(http.Response)}
	}
	a := c.get(client, c.key, display)
	believed := a.StatusCode == http.StatusOK && a.uniqueName() == display
	c.reliesOn(name, a.StatusCode != 0 && !believed, "the status is %d", a.StatusCode)
	return a
}

func (c contract) checkWrongKey(client *http.Client) answer {
	const name = "the status for a wrong key is 401"
	if !c.sendsWrongKey {
		c.skips(name, "not sent: set WACHAT_WRONG_KEY=1 to send it, which might lock an account")
		return answer{Response: new(http.Response)}
	}
	a := c.get(client, "wrong_"+strings.ToLower(rand.Text()), c.name)
	c.reliesOn(name, a.StatusCode == http.StatusUnauthorized, "it is %d", a.StatusCode)
	return a
}

// contract is the API to check.
type contract struct {
	*testing.T
	baseURL, key, name, caCertPEM string

	embedded      bool
	sendsWrongKey bool
}

func newContract(t *testing.T) contract {
	t.Helper()
	key, name := strings.TrimSpace(os.Getenv("WACHAT_API_KEY")), strings.TrimSpace(os.Getenv("WACHAT_INSTANCE_NAME"))
	if key == "" || name == "" {
		t.Log("This checks the embedded API. To check the real one, which is only read, set WACHAT_API_KEY and WACHAT_INSTANCE_NAME.")
		api := wachattest.New()
		t.Cleanup(api.Close)
		name = "t1_mq9r2jov_jakarta_store"
		api.Create(name)
		return contract{T: t, baseURL: api.BaseURL(), key: api.Key(), name: name, caCertPEM: api.CACertPEM(), embedded: true, sendsWrongKey: true}
	}
	t.Log("This checks the real API with up to five GET requests, which change nothing.")
	baseURL := cmp.Or(strings.TrimSpace(os.Getenv("WACHAT_BASE_URL")), "https://app.wachat.net/api/v1")
	address, err := url.Parse(baseURL)
	if err != nil || address.Scheme != "https" && !net.ParseIP(address.Hostname()).IsLoopback() {
		t.Fatal("WACHAT_BASE_URL is not an https URL. Nothing was sent.")
	}
	if strings.Contains(name, key) {
		t.Fatal("WACHAT_INSTANCE_NAME contains the API key. Nothing was sent.")
	}
	return contract{T: t, baseURL: strings.TrimRight(baseURL, "/"), key: key, name: name, sendsWrongKey: os.Getenv("WACHAT_WRONG_KEY") != ""}
}

// reliesOn is for an assumption without which a gate does not work.
func (c contract) reliesOn(assumption string, holds bool, seen string, values ...any) {
	c.Run(assumption, func(t *testing.T) {
		if !holds {
			t.Errorf("No: "+seen+". The provider relies on this.", values...)
		}
	})
}

// tolerates is for an assumption without which a gate works. The embedded API has
// to fulfill it too, since it is written from the reference page.
func (c contract) tolerates(assumption string, holds bool, otherwise string) {
	c.Run(assumption, func(t *testing.T) {
		if !holds {
			t.Logf("It differs. The provider tolerates this: %s.", otherwise)
		}
		if !holds && c.embedded {
			t.Error("The embedded API has to be as the reference page shows.")
		}
	})
}

func (c contract) skips(assumption, why string) {
	c.Run(assumption, func(t *testing.T) { t.Skip(why) })
}

const maxContractBody = 1 << 20

// answer has status 0 if there is none.
type answer struct {
	*http.Response
	body []byte
	json map[string]any // nil if the body is not one JSON object
}

func (c contract) newClient(http2 bool) *http.Client {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, Protocols: new(http.Protocols)}
	transport.Protocols.SetHTTP1(true)
	transport.Protocols.SetHTTP2(http2)
	if c.caCertPEM != "" {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM([]byte(c.caCertPEM))
		transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	}
	c.Cleanup(transport.CloseIdleConnections)
	noRedirects := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Transport: transport, CheckRedirect: noRedirects, Timeout: 15 * time.Second}
}

// get keeps no error, since its text may have a value of the account.
func (c contract) get(client *http.Client, key, name string) answer {
	a := answer{Response: new(http.Response)}
	address := c.baseURL + "/instance/state?" + url.Values{"instanceName": {name}}.Encode()
	request, err := http.NewRequestWithContext(c.Context(), http.MethodGet, address, nil)
	if err != nil {
		return a
	}
	request.Header.Set("Authorization", "Bearer "+key)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Cache-Control", "no-cache")
	response, err := client.Do(request)
	if err != nil {
		return a
	}
	defer response.Body.Close()
	a.Response = response
	a.body, err = io.ReadAll(io.LimitReader(response.Body, maxContractBody+1))
	if err == nil && jsontext.Value(a.body).IsValid() {
		_ = json.Unmarshal(a.body, &a.json)
	}
	return a
}

// at returns the value at a path such as "answer.data", nil if one of its
// members is missing. A value on the way that is no object is returned itself.
func (a answer) at(path string) any {
	var value any = a.json
	for _, member := range strings.Split(path, ".")[1:] {
		object, ok := value.(map[string]any)
		if !ok {
			return value
		}
		value = object[member]
	}
	return value
}

func (a answer) instance() map[string]any {
	instance, _ := a.json["instance"].(map[string]any)
	return instance
}

func (a answer) uniqueName() any {
	if name := a.instance()["apiInstanceName"]; name != nil && name != "" {
		return name
	}
	return a.instance()["internalName"]
}

func isText(value any) bool {
	text, _ := value.(string)
	return text != ""
}

func (c contract) repeatsKey(a answer) bool {
	return strings.Contains(string(a.body), c.key) || strings.Contains(fmt.Sprint(a.Header), c.key)
}
