using MimeKit;
using Standstill.Node.Notices;
using Standstill.Protocol;
using Standstill.Testing;

namespace Standstill.Node.Tests.Notices;

public sealed class MailTests : IDisposable
{
    private static readonly Uri Site = new("https://registry.example/");

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("standstill-mail-");

    public void Dispose() => data.Delete(true);

    [Fact]
    public async Task What_happens_is_mailed()
    {
        using var office = await PostOffice.StartAsync();
        var settings = Told.By(new Subscription("ops", office.Route(), [], NoticeWeight.Important));
        await using var node = await RunningNode.StartAsync(Path.Combine(data.FullName, "node"), notices: settings).FoundAsync();
        await node.OpenAsync("pause");
        await node.CommitAsync("pause");
        var mail = await office.NextAsync();

        Assert.Equal(("standstill@registry.example", "ops@lab.example"), (mail.From, mail.To));
        Assert.Equal("Pact pause: The pact is armed: ash is bound", mail.Message.Subject);
        Assert.StartsWith("The pact is armed: ash is bound.\n\npact    Pact pause (pause)\ntime    ", mail.Message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.EndsWith("more    https://registry.example/pacts/pause\n", mail.Message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_that_the_server_refuses_for_now_comes_later()
    {
        using var office = await PostOffice.StartAsync("--refuse-first");
        await using var node = await RunningNode.StartAsync(Path.Combine(data.FullName, "node"), notices: Told.By(new Subscription("ops", office.Route(), [], NoticeWeight.Routine))).FoundAsync();
        await node.OpenAsync("pause");

        Assert.Equal("Pact pause: ash opened the pact", (await office.NextAsync()).Message.Subject);
    }

    [Fact]
    public void A_mail_is_the_same_when_it_is_sent_again_and_says_that_a_machine_wrote_it()
    {
        var world = PactStory.Called().World;
        var notice = PactNotices.Latest(world, 1).Single();
        var route = new Route.Mail(new MailboxAddress("", "ops@lab.example"), new MailServer("mail.example", 587, MailSecurity.Starttls, null, new MailboxAddress("", "standstill@registry.example")));
        using var once = MailSender.Message(route, notice, world, Site, "ops");
        using var twice = MailSender.Message(route, notice, world, Site, "ops");

        Assert.Equal(once.ToString(), twice.ToString());
        Assert.Equal($"{notice.Id}.ops.{world.Registry!.Value.Hex[..16]}@registry.example", once.MessageId);
        Assert.Equal("<pacts.registry.example>", once.Headers[HeaderId.ListId]);
        Assert.Equal("auto-generated", once.Headers["Auto-Submitted"]);
        Assert.Equal("text/plain", once.Body!.ContentType.MimeType);
    }

    [Fact]
    public void A_title_cannot_add_a_header()
    {
        var story = PactStory.Founded().Tell("birch.key", "pact-opened", new
        {
            pact = "odd",
            title = "Odd\nBcc: all@lab.example",
            text = "x",
            allowed = Array.Empty<string>(),
            trigger = "long-work",
            noticeDays = 1,
            cureDays = 1,
            withdrawalDays = 1,
        });
        var notice = PactNotices.Of(story.World, story.World.Pacts[new PactId("odd")]).Single();
        var route = new Route.Mail(new MailboxAddress("", "ops@lab.example"), new MailServer("mail.example", 587, MailSecurity.Starttls, null, new MailboxAddress("", "standstill@registry.example")));
        using var message = MailSender.Message(route, notice, story.World, Site, "ops");

        Assert.Equal("Odd Bcc: all@lab.example: birch opened the pact", message.Subject);
        Assert.Empty(message.Bcc);
    }

    [Theory]
    [InlineData("--starttls", MailSecurity.Starttls)]
    [InlineData("--tls", MailSecurity.Tls)]
    public async Task A_password_goes_over_a_protected_connection(string how, MailSecurity security)
    {
        var (certificate, file, key) = PostOffice.Certificate(data.FullName);
        using (certificate)
        {
            using var office = await PostOffice.StartAsync(how, file, key, "--login", "registry", "open sesame");
            var trusting = new MailSender { Trust = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString() };
            var sent = await SendAsync(trusting, office.Route(security, ("registry", "open sesame")));
            var mail = await office.NextAsync();
            var wrong = await SendAsync(trusting, office.Route(security, ("registry", "open barley")));

            Assert.Equal(new Delivery.Taken(), sent);
            Assert.True(mail is { Tls: true, Login: true });
            Assert.Equal(new Delivery.Failed("the mail server does not take user and password"), wrong);
        }
    }

    [Fact]
    public async Task A_server_that_nobody_vouches_for_gets_nothing()
    {
        var (certificate, file, key) = PostOffice.Certificate(data.FullName);
        using (certificate)
        {
            using var office = await PostOffice.StartAsync("--starttls", file, key);

            Assert.Equal(
                new Delivery.Failed("the mail server's certificate is not one that this machine trusts"),
                await SendAsync(new MailSender(), office.Route(MailSecurity.Starttls)));
        }
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_sent_where_it_is_asked_for()
    {
        using var office = await PostOffice.StartAsync();
        var failed = Assert.IsType<Delivery.Failed>(await SendAsync(new MailSender(), office.Route(MailSecurity.Starttls, ("registry", "open sesame"))));

        Assert.Contains("STARTTLS", failed.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failed_delivery()
    {
        var office = await PostOffice.StartAsync();
        office.Dispose();

        Assert.IsType<Delivery.Failed>(await SendAsync(new MailSender(), office.Route()));
    }

    private static Task<Delivery> SendAsync(MailSender sender, Route.Mail route)
    {
        var world = PactStory.Called().World;
        return sender.SendAsync(route, PactNotices.Latest(world, 1).Single(), world, Site, "ops", CancellationToken.None);
    }
}
