using System.Text;
using Microsoft.AspNetCore.Http;
using Standstill.Node.Notices;

namespace Standstill.Node.Tests.Notices;

public sealed class WebhookTests : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("standstill-notices-");
    private Receiver desk = null!;
    private Receiver other = null!;

    public async ValueTask InitializeAsync() => (desk, other) = (await Receiver.StartAsync(), await Receiver.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await desk.DisposeAsync();
        await other.DisposeAsync();
        data.Delete(true);
    }

    [Fact]
    public void The_signature_is_the_published_one()
    {
        // The vector that the Standard Webhooks libraries test against.
        var secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "").OrThrow();

        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            secret.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==")]
    [InlineData("whsec_!!!!")]
    public void A_secret_that_is_too_short_or_not_base64_is_refused(string text) => Assert.False(WebhookSecret.Parse(text, "").IsGood);

    [Fact]
    public async Task What_happens_is_posted_in_order_signed_and_says_where_to_read_on()
    {
        await using var node = await RunningNode.StartAsync(data.FullName, notices: Told.By(desk.Subscription("desk"))).FoundAsync();
        await node.OpenAsync("pause");
        await node.CommitAsync("pause");
        var told = await desk.NextAsync(3);

        Assert.Equal(["pact.opened", "pact.committed", "pact.armed"], told.Select(t => t.About));
        Assert.All(told, t => Assert.Equal(t.Id, t.Json.GetProperty("data").GetProperty("id").GetString()));
        var armed = told[2].Json.GetProperty("data");
        Assert.Equal("Pact pause: The pact is armed: ash is bound", armed.GetProperty("subject").GetString());
        Assert.Equal(("https://registry.example/pacts/pause", "important"), (armed.GetProperty("link").GetString(), armed.GetProperty("weight").GetString()));
        Assert.Equal(node.World.Size - 1, armed.GetProperty("entry").GetInt64());
    }

    [Fact]
    public async Task Who_asks_for_some_pacts_or_for_important_notices_hears_no_others()
    {
        var settings = Told.By(desk.Subscription("desk", NoticeWeight.Important), other.Subscription("other", NoticeWeight.Routine, "second"));
        await using var node = await RunningNode.StartAsync(data.FullName, notices: settings).FoundAsync();
        foreach (var pact in new[] { "first", "second", "third" })
        {
            await node.OpenAsync(pact);
            await node.CommitAsync(pact);
        }

        Assert.Equal(["first", "second", "third"], (await desk.NextAsync(3)).Select(t => t.About == "pact.armed" ? t.Id[..t.Id.IndexOf('_')] : t.About));
        Assert.Equal(["pact.opened", "pact.committed", "pact.armed"], (await other.NextAsync(3)).Select(t => t.About));
        Assert.All(other.Seen, t => Assert.StartsWith("second_", t.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failing_receiver_gets_the_same_message_again_under_the_same_id()
    {
        desk.Answers = _ => desk.Seen.Count == 1 ? Results.StatusCode(503) : null;
        await using var node = await RunningNode.StartAsync(data.FullName, notices: Told.By(desk.Subscription("desk"))).FoundAsync();
        await node.OpenAsync("pause");
        await desk.NextAsync();

        Assert.Equal(2, desk.Seen.Count);
        Assert.Single(desk.Seen.Select(s => (s.Id, Encoding.UTF8.GetString(s.Body))).Distinct());
    }

    [Fact]
    public async Task A_receiver_that_is_dead_is_given_up_and_holds_nobody_up_and_is_told_from_there_after_the_next_start()
    {
        using var attempts = new Attempts("desk-dead");
        desk.Answers = _ => Results.NotFound();
        var settings = Told.By(desk.Subscription("desk-dead"), other.Subscription("other"));
        await using (var node = await RunningNode.StartAsync(data.FullName, notices: settings).FoundAsync())
        {
            await node.OpenAsync("first");
            await attempts.GivenUp;
            await node.OpenAsync("second");

            Assert.Equal(["first", "second"], (await other.NextAsync(2)).Select(t => t.Json.GetProperty("data").GetProperty("pact").GetString()));
            Assert.Contains("standstill_notices_total", await node.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        }

        desk.Answers = _ => null;
        await using var again = await RunningNode.StartAsync(data.FullName, notices: settings);
        Assert.Equal(["first", "second"], (await desk.NextAsync(2)).Select(t => t.Json.GetProperty("data").GetProperty("pact").GetString()));
    }

    [Fact]
    public async Task A_receiver_that_wants_no_more_is_not_asked_again()
    {
        using var attempts = new Attempts("desk-gone");
        desk.Answers = _ => Results.StatusCode(410);
        await using var node = await RunningNode.StartAsync(data.FullName, notices: Told.By(desk.Subscription("desk-gone"), other.Subscription("other"))).FoundAsync();
        await node.OpenAsync("first");
        await attempts.GivenUp;
        await node.OpenAsync("second");
        await other.NextAsync(2);

        Assert.Single(desk.Seen);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var attempts = new Attempts("desk-moved");
        desk.Answers = _ => Results.Redirect(new Uri(other.Address, "/elsewhere").ToString(), permanent: true, preserveMethod: true);
        await using var node = await RunningNode.StartAsync(data.FullName, notices: Told.By(desk.Subscription("desk-moved"))).FoundAsync();
        await node.OpenAsync("first");
        await attempts.GivenUp;

        Assert.Empty(other.Seen);
    }

    [Fact]
    public async Task What_was_told_is_not_told_again_after_a_restart_and_a_further_subscription_is_told_from_then_on()
    {
        await using (var node = await RunningNode.StartAsync(data.FullName, notices: Told.By(desk.Subscription("desk"))).FoundAsync())
        {
            await node.OpenAsync("first");
            await desk.NextAsync();
        }

        await using var again = await RunningNode.StartAsync(data.FullName, notices: Told.By(desk.Subscription("desk"), other.Subscription("other")));
        await again.EnrolAsync("birch");
        await again.OpenAsync("second", "birch.key");
        Assert.Equal("second", (await other.NextAsync()).Json.GetProperty("data").GetProperty("pact").GetString());
        Assert.Equal("second", (await desk.NextAsync()).Json.GetProperty("data").GetProperty("pact").GetString());
        Assert.Equal(2, desk.Seen.Count);
    }

    [Fact]
    public async Task A_damaged_or_foreign_record_of_deliveries_stops_the_start_and_says_what_to_do()
    {
        await using (await RunningNode.StartAsync(data.FullName, notices: Told.By(desk.Subscription("desk"))))
        {
        }

        var file = Path.Combine(data.FullName, "notices.json");
        var good = await File.ReadAllTextAsync(file);
        foreach (var (text, why) in new[] { ("{", "damaged"), (good.Replace("entry", "entries", StringComparison.Ordinal), "damaged"), (good.Replace("registry\":\"", "registry\":\"0", StringComparison.Ordinal), "another registry") })
        {
            await File.WriteAllTextAsync(file, text);
            var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RunningNode.StartAsync(data.FullName, notices: Told.By(desk.Subscription("desk"))));
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
            Assert.Contains("remove it", refused.Message, StringComparison.Ordinal);
        }
    }
}
