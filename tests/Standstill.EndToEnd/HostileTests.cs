using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Standstill.EndToEnd;

/// <summary>What anybody may send. The answer is a problem that says what is wrong, never the server's own failure.</summary>
public sealed class HostileTests(HostileTests.Open open) : IClassFixture<HostileTests.Open>
{
    private const string Payload = "application/vnd.in-toto+json";

    /// <summary>What is sent to `/api/statements`, the status, and a part of what is said.</summary>
    public static TheoryData<string, byte[], int, string> Bodies => new()
    {
        { "nothing", [], 422, "not JSON" },
        { "a megabyte", new byte[1 << 20], 413, "" },
        { "one byte too many", Encoding.UTF8.GetBytes($"{{\"payload\":\"{new string('A', 65_535)}\"}}"), 413, "" },
        { "no JSON", "hello"u8.ToArray(), 422, "not JSON" },
        { "half of JSON", "{\"payload\":"u8.ToArray(), 422, "not JSON" },
        { "two values", "{}{}"u8.ToArray(), 422, "not JSON" },
        { "no object", "[]"u8.ToArray(), 422, "not a JSON object" },
        { "null", "null"u8.ToArray(), 422, "not a JSON object" },
        { "an empty object", "{}"u8.ToArray(), 422, "envelope.payloadType" },
        { "deep", Encoding.UTF8.GetBytes(new string('[', 30_000)), 422, "not JSON" },
        { "deep and closed", Encoding.UTF8.GetBytes(new string('[', 30_000) + new string(']', 30_000)), 422, "not JSON" },
        { "a name twice", Encoding.UTF8.GetBytes($$"""{"payload":"","payload":"","payloadType":"{{Payload}}","signatures":[]}"""), 422, "not JSON" },
        { "a lone surrogate", """{"payload":"\ud800"}"""u8.ToArray(), 422, "not valid Unicode" },
        { "a lone surrogate in a name", """{"\udc00":1}"""u8.ToArray(), 422, "not valid Unicode" },
        { "bad UTF-8", [.. "{\"payload\":\""u8, 0xC3, 0x28, .. "\"}"u8], 422, "not" },
        { "a byte order mark", [0xEF, 0xBB, 0xBF, .. "{}"u8], 422, "not JSON" },
        { "a number of sixty thousand digits", Encoding.UTF8.GetBytes($"{{\"payload\":{new string('9', 60_000)}}}"), 422, "not finite" },
        { "a number of a million digits", Encoding.UTF8.GetBytes($"{{\"payload\":{new string('9', 1_000_000)}}}"), 413, "" },
        { "a huge exponent", """{"payload":1e999999999999999999999}"""u8.ToArray(), 422, "not finite" },
        { "NaN", """{"payload":NaN}"""u8.ToArray(), 422, "not JSON" },
        { "no base64", Encoding.UTF8.GetBytes($$"""{"payload":"***","payloadType":"{{Payload}}","signatures":[]}"""), 422, "envelope.payload" },
        { "no signature", Envelope("{}"u8, ""), 422, "envelope.signatures" },
        { "two signatures", Envelope("{}"u8, """{"sig":""},{"sig":""}"""), 422, "envelope.signatures" },
        { "a short signature", Envelope("{}"u8, """{"sig":"AAAA"}"""), 422, "envelope.signatures[0].sig" },
        { "a number as signature", Envelope("{}"u8, "7"), 422, "envelope.signatures[0].sig" },
        { "no statement", Envelope("{}"u8, Signed), 422, "missing" },
        { "a deep statement", Envelope(Encoding.UTF8.GetBytes(new string('[', 20_000)), Signed), 422, "not JSON" },
        { "a statement with a name twice", Envelope("""{"_type":"a","_type":"b"}"""u8, Signed), 422, "not JSON" },
        { "no bytes of text", Envelope([0xFF, 0xFE, 0x00], Signed), 422, "not JSON" },
    };

    private static string Signed => $$"""{"sig":"{{Convert.ToBase64String(new byte[64])}}"}""";

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_no_statement_is_refused_in_words(string what, byte[] body, int status, string said)
    {
        Assert.NotEmpty(what);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");

        // A server may refuse a large body before it is sent; a client that has asked hears so.
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/statements") { Content = content };
        request.Headers.ExpectContinue = true;
        using var answer = await open.Node.Http.SendAsync(request);
        await IsProblemAsync(answer, status, said);
        await open.IsUnchangedAsync();
    }

    [Fact]
    public async Task A_statement_of_another_registry_is_refused()
    {
        using var lab = new Lab("a-lab", Protocol.Digest.Of("another"u8));
        using var content = new ByteArrayContent(lab.Enrol());
        using var answer = await open.Node.Http.PostAsync("api/statements", content);
        await IsProblemAsync(answer, 422, $"name `{open.Registry}`");
        await open.IsUnchangedAsync();
    }

    [Theory]
    [InlineData("api/entries/-1", 404)]
    [InlineData("api/entries/99999999", 404)]
    [InlineData("api/entries/9223372036854775807", 404)]
    [InlineData("api/entries/99999999999999999999", 404)]
    [InlineData("api/entries/one", 404)]
    [InlineData("api/entries/9223372036854775807/raw", 404)]
    [InlineData("api/entries/9223372036854775807/receipt", 404)]
    [InlineData("api/entries/-9223372036854775808/receipt", 404)]
    [InlineData("api/entries?from=-1", 400)]
    [InlineData("api/entries?count=0", 400)]
    [InlineData("api/entries?count=257", 400)]
    [InlineData("api/entries?from=one", 400)]
    [InlineData("api/entries?from=99999999999999999999", 400)]
    [InlineData("api/keys/nonsense", 404)]
    [InlineData("api/keys/ed25519:00", 404)]
    [InlineData("api/world?asOf=yesterday", 400)]
    [InlineData("api/world?asOf=0001-01-01", 400)]
    [InlineData("api/world?asOf=9999-12-31T23:59:59Z", 400)]
    [InlineData("api/world?asOf=2199-12-31T23:59:59.9999999-14:00", 400)]
    [InlineData("api/world/nonsense", 404)]
    [InlineData("api/nonsense", 404)]
    [InlineData("tile/..%2f..%2fkeys%2flog.key", 404)]
    [InlineData("tile/%2e%2e/%2e%2e/keys/root.key", 404)]
    [InlineData("tile/0/..%2f..%2f..%2fcheckpoint", 404)]
    [InlineData("tile/entries/..%5c..%5ccheckpoint", 404)]
    [InlineData("tile/%2fetc%2fpasswd", 404)]
    [InlineData("tile/0/9999999999999999999999", 404)]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999", 404)]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999.p/255", 404)]
    [InlineData("tile/63/000", 404)]
    public async Task A_question_without_an_answer_gets_a_problem(string path, int status)
    {
        using var answer = await open.Node.Http.GetAsync(path);
        await IsProblemAsync(answer, status, "");
    }

    [Theory]
    [InlineData("api/entries?from=9223372036854775807&count=256")]
    [InlineData("api/entries?from=99999999")]
    public async Task Entries_beyond_the_end_are_an_empty_list(string path) => Assert.Equal("[]", await open.Node.Http.GetStringAsync(path));

    [Theory]
    [InlineData("DELETE", "api/statements")]
    [InlineData("GET", "api/statements")]
    [InlineData("PUT", "checkpoint")]
    [InlineData("POST", "api/world")]
    public async Task A_verb_that_is_not_meant_is_refused(string verb, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        using var answer = await open.Node.Http.SendAsync(request);
        await IsProblemAsync(answer, 405, "");
    }

    [Theory]
    [InlineData("GET /checkpoint HTTP/9.9\r\n\r\n")]
    [InlineData("GET /tile/../../keys/log.key HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /tile/0/000%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("POST /api/statements HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /api/statements HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    public async Task A_line_that_is_no_request_is_refused(string line)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, open.Node.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(line));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync();
        Assert.Matches("^HTTP/1.1 (4..|505) ", answer);
        Assert.DoesNotContain("PRIVATE+KEY", answer, StringComparison.Ordinal);
        await open.IsUnchangedAsync();
    }

    [Fact]
    public async Task Clients_that_begin_and_never_end_do_not_keep_others_out()
    {
        var idle = new List<TcpClient>();
        try
        {
            for (var n = 0; n < 100; n++)
            {
                idle.Add(new TcpClient());
                await idle[^1].ConnectAsync(IPAddress.Loopback, open.Node.Address.Port);
                await idle[^1].GetStream().WriteAsync("POST /api/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray());
            }

            await open.IsUnchangedAsync();
        }
        finally
        {
            idle.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task A_flood_of_nonsense_changes_nothing()
    {
        var random = new Random(11);
        var bodies = Enumerable.Range(0, 300).Select(_ =>
        {
            var bytes = Encoding.UTF8.GetBytes($$"""{"payload":"{{Convert.ToBase64String("{}"u8)}}","payloadType":"{{Payload}}","signatures":[{{Signed}}]}""");
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            return bytes;
        }).ToArray();
        await Parallel.ForEachAsync(bodies, async (body, stop) =>
        {
            using var content = new ByteArrayContent(body);
            using var answer = await open.Node.Http.PostAsync("api/statements", content, stop);
            await IsProblemAsync(answer, 422, "");
        });
        await open.IsUnchangedAsync();
    }

    private static byte[] Envelope(ReadOnlySpan<byte> payload, string signatures) =>
        Encoding.UTF8.GetBytes($$"""{"payload":"{{Convert.ToBase64String(payload)}}","payloadType":"{{Payload}}","signatures":[{{signatures}}]}""");

    private static async Task IsProblemAsync(HttpResponseMessage answer, int status, string said)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(text);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.Contains(said, text.Replace("\\u0060", "`", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>A node that anybody may speak to.</summary>
    public sealed class Open : IAsyncLifetime
    {
        private readonly TemporaryDirectory directory = new();
        private string digest = "";

        public string Registry { get; private set; } = "";

        internal RunningNode Node { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Node = await RunningNode.UpAsync(directory.At("data"));
            digest = await DigestAsync();
            Registry = JsonElement.Parse(await Node.Http.GetStringAsync("api/world/digest")).GetProperty("registry").GetString()!;
        }

        /// <summary>It runs, answers, has complained of nothing and holds what it held.</summary>
        public async Task IsUnchangedAsync()
        {
            Assert.Equal(digest, await DigestAsync());
            Assert.True(Node.Runs);
            Assert.Equal("", Node.Errors);
        }

        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            directory.Dispose();
        }

        /// <summary>The parties and keys; ticks come by themselves.</summary>
        private async Task<string> DigestAsync() =>
            await Node.Http.GetStringAsync("api/world/parties") + (await Node.Http.GetStringAsync("api/world/keys")).Length;
    }
}
