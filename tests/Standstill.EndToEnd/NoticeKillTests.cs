using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Standstill.Protocol;

namespace Standstill.EndToEnd;

/// <summary>At least once: a node that tells a receiver what happens is killed in the middle of it, and nothing is lost.</summary>
public sealed class NoticeKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 20;
    private const int Pacts = 120;

    private readonly TemporaryDirectory directory = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly Uri address = Built.FreeAddress();
    private readonly Uri hook = Built.FreeAddress();
    private readonly HttpListener listener = new();
    private readonly Channel<HttpListenerContext> arriving = Channel.CreateUnbounded<HttpListenerContext>();
    private readonly List<string> told = [];

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Twenty_kills_in_the_middle_of_telling_lose_nothing_and_keep_the_order()
    {
        var notices = WriteSettings();
        var listening = ListenAsync();
        Task<List<string>>? load = null;
        var random = new Random(20_261_124);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var node = RunningNode.Begin(directory.At("data"), address, new Dictionary<string, string>(), "--notices", notices);
            await node.ReadyAsync(TimeSpan.FromMinutes(1));
            load ??= OpenPactsAsync(await RegistryAsync(node));
            for (var n = random.Next(0, 6); n > 0; n--)
            {
                await TakeAsync();
            }

            // The receiver has the next message whole. Half of the kills come before the node hears of it, half as it does.
            var last = await ReceiveAsync();
            if (kill % 2 == 0)
            {
                last.Response.StatusCode = 204;
                last.Response.Close();
            }

            await node.KillAsync();
            while (arriving.Reader.TryRead(out var lost))
            {
                Note(lost);
            }
        }

        await using (var node = RunningNode.Begin(directory.At("data"), address, new Dictionary<string, string>(), "--notices", notices))
        {
            await node.ReadyAsync(TimeSpan.FromMinutes(1));
            var all = (await load!).Count;
            while (told.Distinct().Count() < all)
            {
                await TakeAsync();
            }
        }

        listener.Stop();
        await listening;
        Assert.Equal(await load!, told.Distinct());
        output.WriteLine($"{Kills} kills, {told.Distinct().Count()} notices, {told.Count - told.Distinct().Count()} of them more than once");
        Assert.True(told.Count > told.Distinct().Count(), "no kill fell between a delivery and its record");
    }

    public void Dispose()
    {
        listener.Close();
        http.Dispose();
        directory.Dispose();
    }

    private string WriteSettings()
    {
        directory.Write("desk.secret", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
        return directory.Write("notices.json", $$"""
            { "site": "https://registry.example", "subscriptions": [ { "name": "desk", "webhook": { "url": "{{hook}}", "secretFile": "desk.secret" } } ] }
            """);
    }

    private async Task ListenAsync()
    {
        listener.Prefixes.Add(hook.ToString());
        listener.Start();
        try
        {
            while (true)
            {
                await arriving.Writer.WriteAsync(await listener.GetContextAsync());
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task<HttpListenerContext> ReceiveAsync()
    {
        var context = await arriving.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        Note(context);
        return context;
    }

    private async Task TakeAsync()
    {
        var context = await ReceiveAsync();
        try
        {
            context.Response.StatusCode = 204;
            context.Response.Close();
        }
        catch (HttpListenerException)
        {
            // It was sent by a node that has been killed since.
        }
    }

    private void Note(HttpListenerContext context) => told.Add(context.Request.Headers["webhook-id"]!);

    private static async Task<Digest> RegistryAsync(RunningNode node)
    {
        var world = await node.Http.GetFromJsonAsync<JsonElement>("api/world");
        return Digest.TryParse(world.GetProperty("registry").GetString(), out var registry) ? registry : throw new InvalidOperationException("no registry");
    }

    /// <summary>A lab opens pacts and commits to each; gives the ids of the three notices of each, in order.</summary>
    private async Task<List<string>> OpenPactsAsync(Digest registry)
    {
        using var lab = new Lab("sample-ash", registry);
        await SendAsync(lab.Enrol());
        await SendAsync(lab.AddRoleKey());
        await SendAsync(lab.Sign("role", "trigger-proposed", new { trigger = "long-work", text = Testing.PactStory.Trigger, rationale = "sample" }));
        var expected = new List<string>();
        for (var i = 1; i <= Pacts; i++)
        {
            var opened = await SendAsync(lab.Sign("role", "pact-opened", new
            {
                pact = $"pact-{i}",
                title = $"Pact {i}",
                text = "large runs stop",
                allowed = new[] { "inference" },
                trigger = "long-work",
                noticeDays = 14,
                cureDays = 21,
                withdrawalDays = 30,
            }));
            var committed = await SendAsync(lab.Sign("role", "commitment", new { pact = $"pact-{i}", condition = "always" }));
            expected.AddRange([$"pact-{i}_{opened}_0", $"pact-{i}_{committed}_1", $"pact-{i}_{committed}_2"]);
        }

        return expected;
    }

    private async Task<long> SendAsync(byte[] envelope)
    {
        while (true)
        {
            try
            {
                using var content = new ByteArrayContent(envelope);
                using var response = await http.PostAsync(new Uri(address, "api/statements"), content);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
                    return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("index").GetInt64();
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException or TaskCanceledException)
            {
                // The node is dead at the moment.
                await Task.Delay(10);
            }
        }
    }
}
