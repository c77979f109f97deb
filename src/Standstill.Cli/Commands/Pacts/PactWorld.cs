using System.Collections.Immutable;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>A world to play with, from a file: parties, a pact, commitments, sealed ones, and a story.</summary>
internal sealed record PactWorld(
    string? About,
    PactTerms? Terms,
    ImmutableArray<Commitment> Commitments,
    ImmutableArray<Commitment> Sealed,
    PactQuestion Question,
    ImmutableArray<PactEvent> Story)
{
    private sealed record Line(PartyId Party, string? Condition, string? Text);

    private sealed record Account(PartyId Party, double FlopPerSecond);

    private sealed record Known(PartyId Party, string? Jurisdiction, double? FlopPerSecond, long? Assurance);

    private sealed record Estimate(string Source, WorldComputeEstimate Value);

    private sealed record Sheet(
        string? About,
        ImmutableArray<string> Pact,
        ImmutableArray<Line> Commitments,
        ImmutableArray<Line> Sealed,
        ImmutableArray<Known> Parties,
        ImmutableArray<Account> Compute,
        ImmutableArray<Estimate> World,
        ImmutableArray<PartyId> Others,
        ImmutableArray<PactEvent> Story);

    /// <summary>Reads a file, or standard input for `-`.</summary>
    /// <exception cref="UsageException">It is not of the form; the message names the field and the remedy.</exception>
    public static PactWorld Read(string path)
    {
        var read = Fields.Read(Inputs.ReadJson(path), "", f => new Sheet(
            f.TextOrNull("about", 4000, "what it shows"),
            f.Texts("pact", 200, 1000, "the terms of the pact, line by line"),
            f.List("commitments", 0, 100_000, "who commits, and to what", Committing),
            f.List("sealed", 0, 1_000, "who commits in secret, and to what", Committing),
            f.List("parties", 0, 100_000, "what is known of the parties", p => new Known(
                p.Party("party", "who"),
                p.TextOrNull("jurisdiction", 60, "the law it is under"),
                p.NumberOrNull("flopPerSecond", 0, 1e30, "FLOP/s", "its accounted compute"),
                p.WholeOrNull("assurance", 0, 99, "%", "the probability of detection on record"))),
            f.List("compute", 0, 100_000, "accounted compute", a => new Account(
                a.Party("party", "whose"),
                a.Number("flopPerSecond", 0, 1e30, "FLOP/s", "how much"))),
            f.List("worldCompute", 0, 32, "estimates of all compute that there is", e => new Estimate(
                e.Text("source", 60, "whose"),
                new WorldComputeEstimate(
                    e.Number("low", 1, 1e30, "FLOP/s", "the 5 % quantile"),
                    e.Number("middle", 1, 1e30, "FLOP/s", "the median"),
                    e.Number("high", 1, 1e30, "FLOP/s", "the 95 % quantile")))),
            f.List("others", 0, 100_000, "parties that could sign and have not", o => o.Party("party", "who")),
            f.List("story", 0, 10_000, "what happens, in the order of days", PactEvent.Read)));
        return read.IsGood ? Of(path, read.Value) : throw new UsageException($"`{path}`: {string.Join("; ", read.Faults)}");
    }

    private static Line Committing(Fields c)
    {
        var line = new Line(
            c.Party("party", "who"),
            c.TextOrNull("condition", ConditionLimits.Characters, "on which condition, in the language of version 1"),
            c.TextOrNull("text", CommitmentText.Characters, "the commitment, in the language of version 2"));
        c.Require(line.Condition is null != line.Text is null, "text", "a commitment has a `text`, or a `condition` of version 1", "give one of the two");
        return line;
    }

    private static PactWorld Of(string path, Sheet sheet)
    {
        PactTerms? terms = null;
        if (!sheet.Pact.IsEmpty)
        {
            var parsed = PactTermsText.Parse(string.Join('\n', sheet.Pact));
            terms = parsed.IsGood ? parsed.Value : throw new UsageException($"`{path}`: pact: {string.Join("; ", parsed.Faults)}");
        }

        var commitments = Commitments(sheet.Commitments, 0);
        var secret = Commitments(sheet.Sealed, commitments.Length);
        Once(commitments.Select(c => c.Party), "commitment");
        Once(sheet.Compute.Select(c => c.Party).Concat(sheet.Parties.Where(p => p.FlopPerSecond is not null).Select(p => p.Party)), "account");
        Once(sheet.Parties.Select(p => p.Party), "line in `parties`");
        var facts = new PartyFacts
        {
            Shares = new ComputeShares(sheet.Compute.Concat(sheet.Parties.Where(p => p.FlopPerSecond is not null).Select(p => new Account(p.Party, p.FlopPerSecond!.Value)))
                .ToImmutableSortedDictionary(c => c.Party, c => c.FlopPerSecond)),
            World = sheet.World.ToImmutableSortedDictionary(e => e.Source, e => e.Value, StringComparer.Ordinal),
            Jurisdictions = sheet.Parties.Where(p => p.Jurisdiction is not null).ToImmutableSortedDictionary(p => p.Party, p => p.Jurisdiction!),
            Assurance = sheet.Parties.Where(p => p.Assurance > 0).ToImmutableSortedDictionary(p => p.Party, p => (int)p.Assurance!.Value),
        };

        // Asked about as though it were bound, so that a departure is judged by what staying asks, here as on a ledger. Its members are the
        // same: who holds by what joining asks holds by what staying asks, and nobody else is judged otherwise than before.
        var armed = Coalition.Largest(commitments, facts, ImmutableSortedDictionary<PartyId, int>.Empty);
        var coalition = Coalition.Largest(commitments, facts, armed.Degrees);
        ImmutableSortedSet<PartyId> known = [.. sheet.Parties.Select(p => p.Party), .. sheet.Others, .. sheet.Compute.Select(c => c.Party), .. commitments.Select(c => c.Party)];
        var others = PactQuestion.Uncommitted(coalition, sheet.Others.Concat(sheet.Parties.Select(p => p.Party)));
        return new PactWorld(sheet.About, terms, commitments, secret, new PactQuestion(coalition, others, known), sheet.Story);

        ImmutableArray<Commitment> Commitments(ImmutableArray<Line> lines, int first) =>
            [.. lines.Select((line, i) => Commitment(path, line, new EntryIndex(first + i)))];

        void Once(IEnumerable<PartyId> parties, string what)
        {
            if (parties.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { } twice)
            {
                throw new UsageException($"`{path}`: {twice.Key} stands there twice; give each party one {what}");
            }
        }
    }

    private static Commitment Commitment(string path, Line line, EntryIndex entry)
    {
        if (line.Condition is { } text)
        {
            var condition = Condition.Parse(text);
            return condition.IsGood
                ? new Commitment(line.Party, condition.Value, entry)
                : throw new UsageException($"`{path}`: the condition of {line.Party}: {condition.Faults[0]}");
        }

        var steps = CommitmentText.Parse(line.Text!);
        return steps.IsGood
            ? new Commitment(line.Party, steps.Value.Steps, entry)
            : throw new UsageException($"`{path}`: the commitment of {line.Party}: {steps.Faults[0]}");
    }
}
