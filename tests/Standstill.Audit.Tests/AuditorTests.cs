using System.Net;
using System.Text;
using Standstill.Ledger;
using Standstill.Protocol;
using Standstill.Protocol.Statements.Bodies;
using Standstill.Testing;

namespace Standstill.Audit.Tests;

public sealed class AuditorTests : IDisposable
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"standstill-audit-{Guid.NewGuid():N}");
    private readonly NoteSigner log = NoteSigner.Generate("log.example/sample");

    public void Dispose()
    {
        log.Dispose();
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, true);
        }
    }

    [Fact]
    public async Task A_good_ledger_passes_and_gives_the_world_s_digest()
    {
        var story = Story();
        Keep(story.Entries);
        var report = await Auditor.RunAsync(new AuditSource.Files(directory));

        Assert.True(report.IsGood, report.Fault?.ToString());
        Assert.False(report.KeyWasGiven);
        Assert.Equal(WorldDocument.DigestOf(story.World), report.Digest);
        Assert.Equal(story.World.Registry, report.World!.Registry);
    }

    [Fact]
    public async Task An_audit_can_stop_the_fold_at_a_size()
    {
        var story = Story();
        Keep(story.Entries);
        var report = await Auditor.RunAsync(new AuditSource.Files(directory), size: 40);

        Assert.Equal(40, report.World!.Size);
        Assert.Equal(story.Entries.Count, report.Checkpoint!.Size);
    }

    [Fact]
    public async Task Statements_of_one_kind_are_given_in_the_order_of_their_entries()
    {
        var story = Story();
        Keep(story.Entries);
        var (report, said) = await Auditor.StatementsAsync<HeartbeatBody>(new AuditSource.Files(directory));

        Assert.True(report.IsGood, report.Fault?.ToString());
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), said.Select(s => s.Body.Note));
        Assert.All(said, s => Assert.Equal("birch", s.Party.Value));
        var first = story.Entries.FindIndex(e => EntryReading.Of(e).Statement?.Body is HeartbeatBody);
        Assert.Equal(Enumerable.Range(first, 300).Select(i => (long)i), said.Select(s => s.At.Entry.Value));
        Assert.Equal(EntryReading.Of(story.Entries[first]).Received, said[0].At.Time);

        var (_, few) = await Auditor.StatementsAsync<HeartbeatBody>(new AuditSource.Files(directory), size: first + 5);
        Assert.Equal(5, few.Length);
    }

    [Fact]
    public async Task A_void_statement_is_not_given_and_a_broken_ledger_gives_none()
    {
        var story = Story();
        var again = story.Entries[^1];
        Assert.IsType<Outcome.Void>(story.Fold(again));
        Keep(story.Entries);
        var (report, said) = await Auditor.StatementsAsync<HeartbeatBody>(new AuditSource.Files(directory));

        Assert.NotNull(report.Fault);
        Assert.Empty(said);
    }

    [Fact]
    public async Task A_ledger_of_a_thousand_entries_is_folded_in_order()
    {
        var story = Story();
        for (var i = 0; i < 1000; i++)
        {
            Scenario.Expect(story.Say("ash.key", "heartbeat", new { note = $"{i}" }));
        }

        Keep(story.Entries);
        Assert.Equal(WorldDocument.DigestOf(story.World), (await Auditor.RunAsync(new AuditSource.Files(directory))).Digest);
    }

    [Fact]
    public async Task Another_key_than_the_log_s_is_refused()
    {
        Keep(Story().Entries);
        using var other = NoteSigner.Generate("log.example/sample");

        Assert.Equal("checkpoint", (await Auditor.RunAsync(new AuditSource.Files(directory), other.VerifierKey)).Fault!.Place);
    }

    [Fact]
    public async Task A_copy_signed_by_another_log_than_the_charter_s_is_named()
    {
        var story = new Scenario(log: "log.example/sample+5ad7a1e3+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
        Keep(story.Entries);
        var report = await Auditor.RunAsync(new AuditSource.Files(directory), log.VerifierKey);

        Assert.Equal("entry 0", report.Fault!.Place);
        Assert.Contains("a copy under a foreign key", report.Fault.Message);
    }

    [Fact]
    public async Task An_entry_that_should_not_have_been_admitted_is_named_with_the_reason()
    {
        var story = Story();
        var at = story.Entries.Count;
        story.Say("cedar.key", "commitment", new { pact = "nowhere", condition = "always" });
        story.Say("ash.key", "heartbeat", new { });
        story.Fold("junk"u8.ToArray());
        Keep(story.Entries);
        var report = await Auditor.RunAsync(new AuditSource.Files(directory));

        Assert.Equal($"entry {at}: should not have been admitted, refused-by-rule: body.pact: there is no pact `nowhere`; open it first", report.Fault!.ToString());
        Assert.Equal(2, report.World!.VoidEntries);
    }

    [Fact]
    public async Task An_entry_whose_signature_is_wrong_is_named()
    {
        var story = Story();
        var entry = story.Write("ash.key", "heartbeat", new { note = "a" });
        var text = Encoding.UTF8.GetString(entry);
        var at = text.LastIndexOf("\"sig\":\"", StringComparison.Ordinal) + 10;
        story.Fold(Encoding.UTF8.GetBytes(text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..]));
        Keep(story.Entries);

        Assert.StartsWith($"entry {story.Entries.Count - 1}: should not have been admitted, bad-signature", (await Auditor.RunAsync(new AuditSource.Files(directory))).Fault!.ToString());
    }

    [Fact]
    public async Task A_clock_that_went_back_is_named()
    {
        var story = Story();
        story.Clock -= TimeSpan.FromHours(3);
        story.Say("ash.key", "heartbeat", new { });
        Keep(story.Entries);

        Assert.Contains("time-goes-back", (await Auditor.RunAsync(new AuditSource.Files(directory))).Fault!.Message);
    }

    [Fact]
    public async Task The_operator_s_silence_is_noted()
    {
        var story = Story();
        Scenario.Expect(story.Tick());
        story.WaitDays(9);
        Scenario.Expect(story.Tick());
        Keep(story.Entries);

        Assert.Contains((await Auditor.RunAsync(new AuditSource.Files(directory))).Notes, n => n.Contains("the operator was silent for"));
    }

    [Fact]
    public async Task A_directory_without_a_ledger_is_no_ledger()
    {
        Directory.CreateDirectory(directory);

        Assert.Equal("checkpoint: is absent: this is no ledger, or the address is not its base", (await Auditor.RunAsync(new AuditSource.Files(directory))).Fault!.ToString());
    }

    [Fact]
    public async Task A_data_directory_of_a_node_stands_for_its_ledger()
    {
        var story = Story();
        Keep(story.Entries, Path.Combine(directory, "ledger"));

        Assert.True((await Auditor.RunAsync(new AuditSource.Files(directory))).IsGood);
    }

    [Fact]
    public async Task The_published_Tessera_log_passes_with_its_key_and_not_after_a_byte_was_changed()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "testdata", "tessera", "testdata");
        Assert.True(NoteVerifierKey.TryParse(File.ReadAllText(Path.Combine(published, "vkey")).Trim(), out var key, out _));
        var copy = Copy(Path.Combine(published, "log"));
        var report = await Auditor.RunLedgerOnlyAsync(new AuditSource.Files(copy), key);
        Assert.True(report.IsGood, report.Fault?.ToString());
        Assert.Equal(15, report.Checkpoint!.Size);

        var bundle = Path.Combine(copy, "tile", "entries", "000.p", "15");
        var bytes = File.ReadAllBytes(bundle);
        bytes[^1] ^= 1;
        File.WriteAllBytes(bundle, bytes);
        Assert.StartsWith("tile/entries/000.p/15", (await Auditor.RunLedgerOnlyAsync(new AuditSource.Files(copy), key)).Fault!.Place);
    }

    [Fact]
    public async Task The_Tessera_log_has_no_charter_and_that_is_said() =>
        Assert.Contains("--ledger-only", (await Auditor.RunAsync(new AuditSource.Files(Copy(Path.Combine(AppContext.BaseDirectory, "testdata", "tessera", "testdata", "log"))))).Fault!.Message);

    [Fact]
    public async Task A_server_that_claims_another_world_is_found_out()
    {
        var story = Story();
        Keep(story.Entries);
        using var honest = new HttpClient(new Served(directory, $$"""{"size":{{story.World.Size}},"digest":"{{WorldDocument.DigestOf(story.World)}}"}"""));
        using var lying = new HttpClient(new Served(directory, $$"""{"size":{{story.World.Size}},"digest":"{{Digest.Of("another"u8)}}"}"""));
        using var ahead = new HttpClient(new Served(directory, $$"""{"size":{{story.World.Size + 1}},"digest":"{{Digest.Of("another"u8)}}"}"""));
        var address = new Uri("http://ledger.example");

        Assert.True((await Auditor.RunAsync(new AuditSource.Http(address, honest))).IsGood);
        Assert.Equal("/api/world/digest", (await Auditor.RunAsync(new AuditSource.Http(address, lying))).Fault!.Place);
        Assert.Single((await Auditor.RunAsync(new AuditSource.Http(address, ahead))).Notes);
    }

    private Scenario Story()
    {
        var story = new Scenario(log: log.VerifierKey.ToString());
        foreach (var party in new[] { "ash", "birch", "cedar" })
        {
            story.Enrol(party, "lab");
        }

        for (var i = 0; i < 300; i++)
        {
            Scenario.Expect(story.Say("birch.key", "heartbeat", new { note = $"{i}" }));
        }

        return story;
    }

    private void Keep(List<byte[]> entries, string? where = null)
    {
        using var ledger = FileLedger.Open(where ?? directory, log);
        ledger.Append([.. entries.Select(e => (ReadOnlyMemory<byte>)e)]);
    }

    private string Copy(string from)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(directory, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, true);
        }

        return directory;
    }

    /// <summary>Serves a directory, and one claim, without a network.</summary>
    private sealed class Served(string root, string claim) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath.TrimStart('/');
            var file = Path.Combine(root, path);
            var content = path == "api/world/digest" ? new ByteArrayContent(Encoding.UTF8.GetBytes(claim))
                : File.Exists(file) ? new ByteArrayContent(File.ReadAllBytes(file)) : null;
            return Task.FromResult(new HttpResponseMessage(content is null ? HttpStatusCode.NotFound : HttpStatusCode.OK) { Content = content ?? new ByteArrayContent([]) });
        }
    }
}
