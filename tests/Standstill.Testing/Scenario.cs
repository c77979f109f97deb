using System.Text;
using System.Text.Json;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Testing;

/// <summary>
/// A registry in memory, told as a story: parties with real keys sign real statements, entries are folded as they come.
/// The keys follow from the names, so that the same story gives the same bytes.
/// </summary>
public sealed class Scenario
{
    private readonly Dictionary<string, Voice> voices = new(StringComparer.Ordinal);

    /// <summary>A story that begins with a charter and the operator's operations key.</summary>
    public Scenario(object? charter = null, string log = "log.example/sample+5ad7a1e3+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
    {
        Say("operator", "charter", charter ?? SampleCharter(log));
        AddKey("operator", "operator.ops", "operations");
    }

    /// <summary>The world so far.</summary>
    public World World { get; private set; } = World.Empty;

    /// <summary>The entries so far.</summary>
    public List<byte[]> Entries { get; } = [];

    /// <summary>The outcome of each entry.</summary>
    public List<Outcome> Outcomes { get; } = [];

    /// <summary>The time of receipt of the next entry.</summary>
    public DateTimeOffset Clock { get; set; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A charter with open admission of labs and operator accreditation of the rest.</summary>
    public static object SampleCharter(string log) => new
    {
        name = "Sample registry",
        purpose = "tests",
        sample = true,
        operatorName = "Sample operator",
        log,
        witnesses = Array.Empty<string>(),
        admission = new[]
        {
            new { kind = "lab", rule = "open" },
            new { kind = "cloud", rule = "open" },
            new { kind = "evaluator", rule = "operator" },
            new { kind = "inspector", rule = "operator" },
            new { kind = "panel-member", rule = "operator" },
        },
        constituencies = new[]
        {
            new { name = "research", seats = 3, quorum = 2 },
            new { name = "policy", seats = 3, quorum = 1 },
        },
        limits = new { entryBytes = 65535, tickSeconds = 86400, clockSkewSeconds = 60, heartbeatSeconds = 604800 },
    };

    /// <summary>Enrols a party with a root key and one role key, `name.key`, for all roles; accredits it where the charter asks for that.</summary>
    public Scenario Enrol(string party, string kind, string? constituency = null)
    {
        Expect(Say(party, "party-enrolled", new { name = "Sample " + party, kind, constituency, jurisdiction = "nowhere" }));
        if (World.Parties[new PartyId(party)].Accredited is null)
        {
            Expect(Say("operator", "accreditation", new { party, accredited = true, reason = "sample" }));
        }

        AddKey(party, party + ".key", "operations", "compute", "evidence", "governance");
        return this;
    }

    /// <summary>Enrols a role key under a party's root key.</summary>
    public void AddKey(string party, string voice, params string[] roles)
    {
        var signer = Voice.Of(voice).Signer;
        Expect(Say(party, "role-key", new
        {
            key = signer.PublicKey.Text,
            roles,
            proof = KeyProof.Make(World.Registry!.Value, new PartyId(party), signer),
        }));
    }

    /// <summary>Lets time pass without an entry.</summary>
    public Scenario Wait(TimeSpan span)
    {
        Clock += span;
        return this;
    }

    /// <summary>Lets days pass without an entry.</summary>
    public Scenario WaitDays(double days) => Wait(TimeSpan.FromDays(days));

    /// <summary>The operator ticks.</summary>
    public Outcome Tick() => Say("operator.ops", "tick", new { });

    /// <summary>Signs a statement with a voice (`name` is the root key, `name.key` the role key) and folds it; a minute passes.</summary>
    public Outcome Say(string voice, string type, object body)
    {
        var entry = Write(voice, type, body);
        return Fold(entry, voice);
    }

    /// <summary>Says it, and throws when it is void.</summary>
    public Scenario Tell(string voice, string type, object body)
    {
        Expect(Say(voice, type, body));
        return this;
    }

    /// <summary>The entry that a statement would be, signed and not folded.</summary>
    public byte[] Write(string voice, string type, object body)
    {
        var v = Find(voice);
        var party = new PartyId(voice.Split('.')[0]);
        var written = StatementWriter.Write(
            PredicateType.FindName(type)!, World.Registry, party, v.Signer, v.Position, Clock, JsonSerializer.SerializeToElement(body));
        return Entry.Write(Clock, written.OrThrow().Envelope.Span);
    }

    /// <summary>Folds an entry as it stands; the voice's chain moves when the entry moved it.</summary>
    public Outcome Fold(byte[] entry, string? voice = null)
    {
        (World, var outcome) = Protocol.Fold.Apply(World, entry);
        Entries.Add(entry);
        Outcomes.Add(outcome);
        Clock += TimeSpan.FromMinutes(1);
        if (voice is not null && outcome.MayBeLogged && EntryReading.Of(entry).Statement is { } statement)
        {
            var v = Find(voice);
            v.Position = v.Position.After(statement.Id);
        }

        return outcome;
    }

    /// <summary>The key behind a voice.</summary>
    public PartySigner Signer(string voice) => Find(voice).Signer;

    /// <summary>Throws unless an outcome is effective.</summary>
    public static void Expect(Outcome outcome)
    {
        if (outcome is Outcome.Void v)
        {
            throw new InvalidOperationException($"void, {v.Reason}: {string.Join("; ", v.Faults)}");
        }
    }

    private Voice Find(string voice)
    {
        if (!voices.TryGetValue(voice, out var found))
        {
            voices[voice] = found = Voice.Of(voice);
        }

        return found;
    }

    private sealed class Voice(PartySigner signer)
    {
        public PartySigner Signer { get; } = signer;

        public ChainPosition Position { get; set; } = ChainPosition.First;

        public static Voice Of(string name) => new(PartySigner.FromSeed(Digest.Of(Encoding.UTF8.GetBytes("standstill sample key " + name)).ToBytes()));
    }
}
