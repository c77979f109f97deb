using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Statements;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Folding;

/// <summary>What a statement must be, whatever it says.</summary>
public sealed class HeaderTests
{
    [Fact]
    public void The_first_entry_founds_the_registry()
    {
        var story = new Scenario();

        Assert.Equal(EntryReading.Of(story.Entries[0]).Statement!.Id, story.World.Registry);
        Assert.All(story.Outcomes, o => Assert.IsType<Outcome.Effective>(o));
    }

    [Fact]
    public void A_ledger_that_does_not_begin_with_a_charter_founds_nothing()
    {
        var (world, outcome) = Fold.Apply(World.Empty, new Scenario().Entries[1]);

        Assert.Equal(VoidReason.Charter, Assert.IsType<Outcome.Void>(outcome).Reason);
        Assert.Null(world.Registry);
        Assert.Equal(1, world.Size);
    }

    [Fact]
    public void A_second_charter_is_void()
    {
        var story = new Scenario();
        var charter = new Scenario(log: "other.example+5ad7a1e3+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx").Entries[0];

        Expect(story.Fold(WithTime(charter, story.Clock)), VoidReason.WrongRegistry);
    }

    [Fact]
    public void A_changed_payload_breaks_the_signature()
    {
        var story = PactStory.Founded();
        var entry = story.Write("ash.key", "heartbeat", new { note = "all well" });
        var text = Encoding.UTF8.GetString(entry);
        var payload = JsonElement.Parse(Encoding.UTF8.GetBytes(text[Entry.HeaderBytes..])).GetProperty("payload").GetString()!;
        var other = Convert.ToBase64String(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Convert.FromBase64String(payload)).Replace("all well", "all ill!")));

        Expect(story.Fold(Encoding.UTF8.GetBytes(text.Replace(payload, other))), VoidReason.BadSignature);
    }

    [Fact]
    public void Time_never_goes_back()
    {
        var story = PactStory.Founded();
        var size = story.World.Size;
        var now = story.World.Now;
        story.Clock -= TimeSpan.FromDays(1);

        Expect(story.Say("ash.key", "heartbeat", new { }), VoidReason.TimeGoesBack);
        Assert.Equal(now, story.World.Now);
        Assert.Equal(size + 1, story.World.Size);
    }

    [Fact]
    public void A_statement_of_another_registry_is_void()
    {
        var here = PactStory.Founded();
        var other = new Scenario(Scenario.SampleCharter("other.example+5ad7a1e3+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")).Enrol("ash", "lab");
        var foreign = other.Write("ash.key", "heartbeat", new { });

        Expect(here.Fold(WithTime(foreign, here.Clock)), VoidReason.WrongRegistry);
    }

    [Fact]
    public void A_statement_from_the_future_is_void()
    {
        var story = PactStory.Founded();
        story.Clock += TimeSpan.FromMinutes(5);
        var entry = story.Write("ash.key", "heartbeat", new { });

        Expect(story.Fold(WithTime(entry, story.Clock - TimeSpan.FromSeconds(61))), VoidReason.IssuedInTheFuture);
    }

    [Fact]
    public void An_unknown_key_says_nothing()
    {
        var story = PactStory.Founded();

        Expect(story.Say("ash.other", "heartbeat", new { }), VoidReason.UnknownKey);
    }

    [Fact]
    public void A_key_speaks_for_its_own_party_only()
    {
        var story = PactStory.Founded();
        var signer = story.Signer("birch.key");
        var position = story.World.Keys[signer.PublicKey].Next;
        var written = StatementWriter.Write(PredicateType.FindName("heartbeat")!, story.World.Registry, new PartyId("ash"), signer, position, story.Clock, JsonSerializer.SerializeToElement(new { })).OrThrow();

        Expect(story.Fold(Entry.Write(story.Clock, written.Envelope.Span)), VoidReason.WrongParty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_gap_or_a_repetition_in_a_key_s_chain_is_void(int step)
    {
        var story = PactStory.Founded();
        var signer = story.Signer("ash.key");
        var next = story.World.Keys[signer.PublicKey].Next;
        var written = StatementWriter.Write(
            PredicateType.FindName("heartbeat")!, story.World.Registry, new PartyId("ash"), signer, next with { Sequence = next.Sequence - 1 + step }, story.Clock, JsonSerializer.SerializeToElement(new { })).OrThrow();

        Expect(story.Fold(Entry.Write(story.Clock, written.Envelope.Span)), VoidReason.BrokenChain);
    }

    [Fact]
    public void A_statement_that_names_another_predecessor_is_void()
    {
        var story = PactStory.Founded();
        var signer = story.Signer("ash.key");
        var next = story.World.Keys[signer.PublicKey].Next with { Previous = Digest.Of("another"u8) };
        var written = StatementWriter.Write(
            PredicateType.FindName("heartbeat")!, story.World.Registry, new PartyId("ash"), signer, next, story.Clock, JsonSerializer.SerializeToElement(new { })).OrThrow();

        Expect(story.Fold(Entry.Write(story.Clock, written.Envelope.Span)), VoidReason.BrokenChain);
    }

    [Fact]
    public void The_same_entry_twice_counts_once()
    {
        var story = PactStory.Founded();
        var entry = story.Write("ash.key", "heartbeat", new { });
        Scenario.Expect(story.Fold(entry, "ash.key"));

        Expect(story.Fold(WithTime(entry, story.Clock)), VoidReason.BrokenChain);
    }

    [Fact]
    public void An_unknown_type_is_on_record_and_void_and_the_key_goes_on()
    {
        var story = PactStory.Founded();
        var signer = story.Signer("ash.key");
        var next = story.World.Keys[signer.PublicKey].Next;
        var later = PredicateType.FindName("heartbeat")! with { Stem = "something-later" };
        var payload = Rewritten(StatementWriter.Write(PredicateType.FindName("heartbeat")!, story.World.Registry, new PartyId("ash"), signer, next, story.Clock, JsonSerializer.SerializeToElement(new { })).OrThrow(), later.Uri);
        var entry = Entry.Write(story.Clock, Envelope.Seal(payload, signer));
        var outcome = story.Fold(entry, "ash.key");

        Expect(outcome, VoidReason.UnknownPredicate);
        Assert.True(outcome.MayBeLogged);
        Assert.Equal(1, story.World.VoidEntries);
        Scenario.Expect(story.Say("ash.key", "heartbeat", new { }));
    }

    [Fact]
    public void A_void_entry_changes_nothing_but_time_and_counts()
    {
        var story = PactStory.Founded();
        var before = story.World;
        Expect(story.Say("ash.other", "heartbeat", new { }), VoidReason.UnknownKey);

        var undone = story.World with { Size = before.Size, VoidEntries = before.VoidEntries, Now = before.Now };
        Assert.Equal(WorldDocument.DigestOf(before), WorldDocument.DigestOf(undone));
    }

    [Fact]
    public void An_entry_above_the_charter_s_size_is_void()
    {
        var charter = JsonSerializer.SerializeToNode(Scenario.SampleCharter("log.example+5ad7a1e3+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"))!;
        charter["limits"]!["entryBytes"] = 2048;
        var story = new Scenario(charter).Enrol("ash", "lab");

        Expect(story.Say("ash.key", "trigger-proposed", new { trigger = "long", text = PactStory.Trigger, rationale = new string('x', 3000) }), VoidReason.TooLarge);
    }

    [Fact]
    public void A_role_says_only_what_the_table_allows()
    {
        var story = PactStory.Founded();
        story.AddKey("ash", "ash.ops", "operations");

        Expect(story.Say("ash.ops", "commitment", new { pact = "pause", condition = "always" }), VoidReason.NotPermitted);
        Expect(story.Say("ash", "heartbeat", new { }), VoidReason.NotPermitted);
        Expect(story.Say("ash.key", "ruling", new { allegation = "a", decision = "upheld", text = "t" }), VoidReason.NotPermitted);
        Expect(story.Say("ash.key", "tick", new { }), VoidReason.NotPermitted);
        Expect(story.Say("fern.key", "commitment", new { pact = "pause", condition = "always" }), VoidReason.NotPermitted);
    }

    [Fact]
    public void A_party_that_is_not_accredited_manages_its_keys_and_nothing_else()
    {
        var story = PactStory.Founded();
        Scenario.Expect(story.Say("late", "party-enrolled", new { name = "Late", kind = "evaluator" }));
        story.AddKey("late", "late.key", "evidence", "operations");

        Expect(story.Say("late.key", "heartbeat", new { }), VoidReason.NotAccredited);
        Scenario.Expect(story.Say("operator", "accreditation", new { party = "late", accredited = true, reason = "sample" }));
        Scenario.Expect(story.Say("late.key", "heartbeat", new { }));
        Scenario.Expect(story.Say("operator", "accreditation", new { party = "late", accredited = false, reason = "sample" }));
        Expect(story.Say("late.key", "heartbeat", new { }), VoidReason.NotAccredited);
    }

    [Fact]
    public void Junk_is_void_and_the_fold_goes_on()
    {
        var story = PactStory.Founded();
        var now = story.World.Now;
        Expect(story.Fold("junk"u8.ToArray()), VoidReason.Malformed);

        Assert.Equal(now, story.World.Now);
        Scenario.Expect(story.Say("ash.key", "heartbeat", new { }));
    }

    internal static void Expect(Outcome outcome, VoidReason reason)
    {
        var why = Assert.IsType<Outcome.Void>(outcome);
        Assert.True(reason == why.Reason, $"expected {reason}, was {why.Reason}: {string.Join("; ", why.Faults)}");
        Assert.NotEmpty(why.Faults);
    }

    private static byte[] WithTime(byte[] entry, DateTimeOffset time) => Entry.Write(time, entry.AsSpan(Entry.HeaderBytes));

    private static byte[] Rewritten(SealedStatement statement, string uri)
    {
        var json = JsonNode.Parse(Envelope.Parse(statement.Envelope).OrThrow().Payload.Span)!;
        json["predicateType"] = uri;
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
