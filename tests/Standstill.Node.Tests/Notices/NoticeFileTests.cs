using Standstill.Node.Notices;
using Standstill.Protocol;

namespace Standstill.Node.Tests.Notices;

public sealed class NoticeFileTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("standstill-notice-file-");

    public NoticeFileTests()
    {
        Write("desk.secret", Receiver.SecretText + "\n");
        Write("smtp.password", "open sesame\n");
        Write("bad.secret", "open sesame\n");
    }

    public void Dispose() => directory.Delete(true);

    [Fact]
    public void A_file_names_webhooks_and_mail()
    {
        var read = Read("""
            {
              "site": "https://registry.example",
              "smtp": { "host": "mail.example", "port": 587, "security": "starttls", "user": "registry", "passwordFile": "smtp.password", "from": "Registry <standstill@registry.example>" },
              "subscriptions": [
                { "name": "desk", "webhook": { "url": "https://desk.example/hook", "secretFile": "desk.secret" }, "pacts": ["pause"], "weight": "important" },
                { "name": "ops", "mail": { "to": "ops@lab.example" } }
              ]
            }
            """).OrThrow();

        Assert.Equal(["desk", "ops"], read.Subscriptions.Select(s => s.Name));
        Assert.Equal(new Uri("https://desk.example/hook"), ((Route.Webhook)read.Subscriptions[0].Route).Url);
        Assert.Equal((new PactId("pause"), NoticeWeight.Important), (Assert.Single(read.Subscriptions[0].Pacts), read.Subscriptions[0].Weight));
        var mail = (Route.Mail)read.Subscriptions[1].Route;
        Assert.Equal(("ops@lab.example", "mail.example", ("registry", "open sesame")), (mail.To.Address, mail.Server.Host, mail.Server.Login));
        Assert.True(read.Subscriptions[1].WantsAbout(new PactId("any")));
    }

    [Theory]
    [InlineData("""{ "site": "https://a.example", "subscriptions": [ WEBHOOK ], "colour": "red" }""", "colour: there is no such field; use one of `site`, `smtp`, `subscriptions`")]
    [InlineData("""{ "site": "https://a.example", "subscriptions": [ { "name": "a", "webhook": { "url": "https://b.example", "secretFile": "desk.secret", "retries": 3 } } ] }""", "subscriptions[0].webhook.retries: there is no such field; use one of `secretFile`, `url`")]
    [InlineData("""{ "site": "registry", "subscriptions": [ WEBHOOK ] }""", "site: `registry` is not an http address; write one like `https://registry.example/`, without user and password")]
    [InlineData("""{ "site": "https://a.example", "subscriptions": [ WEBHOOK, WEBHOOK ] }""", "subscriptions: two have the same name; give each a name of its own")]
    [InlineData("""{ "site": "https://a.example", "subscriptions": [ { "name": "a" } ] }""", "subscriptions[0].webhook: a subscription has either `webhook` or `mail`; give one of the two")]
    [InlineData("""{ "site": "https://a.example", "subscriptions": [ { "name": "a", "mail": { "to": "ops@lab.example" } } ] }""", "subscriptions[0].mail: there is no mail server; name one in `smtp`")]
    [InlineData("""{ "site": "https://a.example", "subscriptions": [ { "name": "a", "webhook": { "url": "https://u:p@b.example", "secretFile": "desk.secret" } } ] }""", "subscriptions[0].webhook.url: `https://u:p@b.example` is not an http address; write one like `https://registry.example/`, without user and password")]
    [InlineData("""{ "site": "https://a.example", "subscriptions": [ { "name": "a", "webhook": { "url": "https://b.example", "secretFile": "desk.secret" }, "weight": "heavy" } ] }""", "subscriptions[0].weight: `heavy` is not a weight; use `routine` or `important`")]
    [InlineData("""{ "site": "https://a.example", "subscriptions": [ { "name": "a", "webhook": { "url": "https://b.example", "secretFile": "desk.secret" }, "pacts": ["No such"] } ] }""", "subscriptions[0].pacts: one is not a pact's name; use 1 to 63 of a-z, 0-9 and -, beginning with a letter, not ending with -")]
    [InlineData("""{ "site": "https://a.example", "smtp": { "host": "m", "port": 25, "security": "none", "user": "u", "passwordFile": "smtp.password", "from": "a@b.example" }, "subscriptions": [ WEBHOOK ] }""", "smtp.security: a password would go over the network in the clear; use `starttls` or `tls`")]
    [InlineData("""{ "site": "https://a.example", "smtp": { "host": "m", "port": 587, "security": "starttls", "user": "u", "from": "a@b.example" }, "subscriptions": [ WEBHOOK ] }""", "smtp.passwordFile: user and password go together; give both or neither")]
    [InlineData("""{ "site": "https://a.example", "smtp": { "host": "m", "port": 25, "security": "none", "from": "somebody" }, "subscriptions": [ WEBHOOK ] }""", "smtp.from: `somebody` is not a mail address; write one like `desk@lab.example`")]
    public void A_fault_has_its_place_and_its_remedy(string text, string fault) =>
        Assert.Equal(fault, Assert.Single(Read(text.Replace("WEBHOOK", """{ "name": "a", "webhook": { "url": "https://b.example", "secretFile": "desk.secret" } }""", StringComparison.Ordinal)).Faults).ToString());

    [Theory]
    [InlineData("bad.secret", "the file does not hold a webhook secret; write `whsec_` and the base64 of 24 to 64 random bytes on one line")]
    [InlineData("none.secret", "is not there or empty; put the secret on its first line")]
    public void A_secret_that_cannot_be_read_is_a_fault_that_does_not_show_it(string file, string fault)
    {
        var text = Assert.Single(Read($$"""{ "site": "https://a.example", "subscriptions": [ { "name": "a", "webhook": { "url": "https://b.example", "secretFile": "{{file}}" } } ] }""").Faults).ToString();

        Assert.StartsWith("subscriptions[0].webhook.secretFile: ", text, StringComparison.Ordinal);
        Assert.Contains(fault, text, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{ "site": "https://a.example", "site": "https://b.example", "subscriptions": [] }""")]
    public void What_is_not_one_strict_object_is_refused(string text) => Assert.False(Read(text).IsGood);

    private Parsed<NoticeSettings> Read(string text)
    {
        Write("notices.json", text);
        return NoticeFile.Read(Path.Combine(directory.FullName, "notices.json"));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(directory.FullName, name), text);
}
