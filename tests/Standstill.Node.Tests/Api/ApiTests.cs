using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Standstill.Ledger;
using Standstill.Node.Api;
using Standstill.Protocol;

namespace Standstill.Node.Tests.Api;

public sealed class ApiTests : IAsyncLifetime
{
    private RunningNode node = null!;

    public async ValueTask InitializeAsync()
    {
        node = await RunningNode.StartAsync();
        await node.EnrolAsync("ash");
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task A_statement_gets_a_receipt_that_verifies()
    {
        var answer = await node.TellAsync("ash.key", "heartbeat", new { });
        var entry = await node.Http.GetByteArrayAsync($"/api/entries/{answer.Index}/raw");

        Assert.Equal("effective", answer.Outcome);
        Assert.True(Receipt.TryParse(Encoding.UTF8.GetBytes(answer.Receipt), out var receipt, out var error), error);
        Assert.True(NoteVerifierKey.TryParse(node.World.Charter!.Log, out var key, out _));
        Assert.True(receipt.Verify(entry, key, out error), error);
    }

    [Fact]
    public async Task The_same_statement_twice_gets_the_same_receipt_and_one_entry()
    {
        var statement = node.Write("ash.key", "heartbeat", new { note = "once" });
        using var first = await node.PostAsync(statement.Envelope);
        await node.EnrolAsync("birch");
        using var second = await node.PostAsync(statement.Envelope);
        var once = (await first.Content.ReadFromJsonAsync<SubmissionAnswer>())!;
        var twice = (await second.Content.ReadFromJsonAsync<SubmissionAnswer>())!;

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(once with { Repeated = true }, twice);
        Assert.Equal(once.Receipt, await node.Http.GetStringAsync($"/api/entries/{once.Index}/receipt"));
    }

    [Fact]
    public async Task A_refusal_is_problem_details_with_place_and_remedy()
    {
        using var response = await node.SayAsync("ash.key", "commitment", new { pact = "nowhere", condition = "always" });
        var problem = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("refused: refused by rule", problem.GetProperty("title").GetString());
        Assert.Equal("body.pact", problem.GetProperty("faults")[0].GetProperty("place").GetString());
        Assert.Equal("open it first", problem.GetProperty("faults")[0].GetProperty("remedy").GetString());
    }

    [Theory]
    [InlineData("", 422)]
    [InlineData("{", 422)]
    [InlineData("[]", 422)]
    [InlineData("""{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"sig":"AA=="}]}""", 422)]
    public async Task Junk_is_refused_and_the_node_goes_on(string body, int status)
    {
        using var response = await node.PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal(status, (int)response.StatusCode);
        await node.TellAsync("ash.key", "heartbeat", new { });
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused_as_too_large()
    {
        using var response = await node.PostAsync(new byte[200_000]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Many_at_once_are_all_logged_once_and_in_order()
    {
        for (var i = 0; i < 20; i++)
        {
            await node.EnrolAsync($"lab-{(char)('a' + i)}");
        }

        var before = node.World.Size;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var indices = new List<long>();
            for (var n = 0; n < 10; n++)
            {
                indices.Add((await node.TellAsync($"lab-{(char)('a' + i)}.key", "heartbeat", new { note = $"{n}" })).Index);
            }

            return indices;
        }));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => before + i), answers.SelectMany(a => a).Order());
        Assert.All(answers, a => Assert.Equal(a.Order(), a));
    }

    [Fact]
    public async Task A_restart_keeps_the_world_and_the_receipts()
    {
        var data = Path.Combine(Path.GetTempPath(), $"standstill-restart-{Guid.NewGuid():N}");
        try
        {
            string digest;
            SubmissionAnswer answer;
            await using (var first = await RunningNode.StartAsync(data))
            {
                await first.EnrolAsync("ash");
                answer = await first.TellAsync("ash.key", "heartbeat", new { });
                digest = WorldDocument.DigestOf(first.World).Hex;
            }

            await using var second = await RunningNode.StartAsync(data);
            Assert.Equal(answer.Receipt, await second.Http.GetStringAsync($"/api/entries/{answer.Index}/receipt"));
            Assert.Equal(answer.Index + 2, second.World.Size);
            Assert.NotEqual(digest, WorldDocument.DigestOf(second.World).Hex);
            Assert.Contains(new PartyId("ash"), second.World.Parties.Keys);
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }

    [Fact]
    public async Task A_second_node_on_the_same_data_is_refused()
    {
        var data = Path.Combine(Path.GetTempPath(), $"standstill-twice-{Guid.NewGuid():N}");
        try
        {
            await using var first = await RunningNode.StartAsync(data);
            var refused = await Assert.ThrowsAsync<IOException>(() => RunningNode.StartAsync(data));
            Assert.Contains("one writer", refused.Message);
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }

    [Fact]
    public async Task The_world_document_has_the_digest_that_is_claimed()
    {
        var claimed = (await node.Http.GetFromJsonAsync<DigestAnswer>("/api/world/digest"))!;

        Assert.Equal(WorldDocument.DigestOf(node.World).Hex, claimed.Digest);
        Assert.Equal(node.World.Size, claimed.Size);
    }

    [Fact]
    public async Task A_later_time_can_be_asked_about_and_an_earlier_one_is_refused()
    {
        var later = JsonElement.Parse(await node.Http.GetByteArrayAsync("/api/world?asOf=2190-01-01T00:00:00Z"));
        using var earlier = await node.Http.GetAsync("/api/world?asOf=2001-01-01T00:00:00Z");

        Assert.Equal("2190-01-01T00:00:00.000Z", later.GetProperty("now").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, earlier.StatusCode);
        Assert.Contains("standstill world --size", await earlier.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/entries/99999")]
    [InlineData("/api/entries/99999/receipt")]
    [InlineData("/api/keys/nobody")]
    [InlineData("/api/world/nothing")]
    [InlineData("/api/nothing")]
    [InlineData("/tile/9/000")]
    [InlineData("/tile/0/000")]
    [InlineData("/tile/0/000.p/255")]
    [InlineData("/tile/0/00.p/1")]
    [InlineData("/tile/entries/..%2f..%2fkeys/root.key")]
    public async Task What_is_not_there_is_404_as_problem_details(string path)
    {
        using var response = await node.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/entries?count=0")]
    [InlineData("/api/entries?count=1000")]
    [InlineData("/api/entries?from=-1")]
    [InlineData("/api/entries?from=x")]
    public async Task A_bad_query_is_400(string path)
    {
        using var response = await node.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_key_s_next_place_is_told()
    {
        await node.TellAsync("ash.key", "heartbeat", new { });
        var key = node.World.Keys.First(k => k.Value.Party == new PartyId("ash") && !k.Value.Next.Previous.Equals(null) && k.Key != node.World.Parties[new PartyId("ash")].RootKey).Key;
        var answer = (await node.Http.GetFromJsonAsync<KeyAnswer>($"/api/keys/{key}"))!;

        Assert.Equal("ash", answer.Party);
        Assert.Equal(1, answer.Sequence);
        Assert.Equal(node.World.Registry!.Value.Hex, answer.Registry);
    }

    [Fact]
    public async Task The_description_of_the_API_names_every_path()
    {
        var paths = JsonElement.Parse(await node.Http.GetByteArrayAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(p => p.Name).ToArray();

        foreach (var path in new[] { "/api/statements", "/api/entries", "/api/entries/{index}", "/api/entries/{index}/receipt", "/api/keys/{key}", "/api/world", "/api/world/digest", "/api/findings", "/checkpoint" })
        {
            Assert.Contains(path, paths);
        }
    }

    [Fact]
    public async Task Health_and_metrics_answer()
    {
        await node.TellAsync("ash.key", "heartbeat", new { });

        Assert.Equal("Healthy", await node.Http.GetStringAsync("/health"));
        var metrics = await node.Http.GetStringAsync("/metrics");
        Assert.Contains("standstill_ledger_size", metrics);
        Assert.Contains("standstill_statements_total", metrics);
    }

    [Fact]
    public async Task Findings_are_told()
    {
        var findings = JsonElement.Parse(await node.Http.GetByteArrayAsync("/api/findings"));

        Assert.Equal(JsonValueKind.Array, findings.GetProperty("findings").ValueKind);
    }

    [Theory]
    [InlineData("root.key", null)]
    [InlineData("log.key", "is missing though the ledger is there")]
    public async Task A_node_goes_on_without_its_root_key_and_not_without_its_log_s(string key, string? refusal)
    {
        var data = Path.Combine(Path.GetTempPath(), $"standstill-missing-{Guid.NewGuid():N}");
        try
        {
            await using (await RunningNode.StartAsync(data))
            {
            }

            File.Delete(Path.Combine(data, "keys", key));
            if (refusal is null)
            {
                await using var second = await RunningNode.StartAsync(data);
                Assert.False(File.Exists(Path.Combine(data, "keys", key)));
            }
            else
            {
                Assert.Contains(refusal, (await Assert.ThrowsAsync<InvalidDataException>(() => RunningNode.StartAsync(data))).Message);
            }
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }

    [Fact]
    public async Task Private_keys_are_readable_by_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var data = Path.Combine(Path.GetTempPath(), $"standstill-keys-{Guid.NewGuid():N}");
        try
        {
            await using var first = await RunningNode.StartAsync(data);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(data, "keys")))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }
}
