using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands;

/// <summary>`standstill pact solve`: who would be bound, who waits for whom, and what would change it.</summary>
internal static class PactCommand
{
    private sealed record Question(ImmutableArray<Commitment> Commitments, ImmutableArray<PartyId> Others, ComputeShares Shares);

    private sealed record Line(PartyId Party, string Condition);

    private sealed record Account(PartyId Party, double FlopPerSecond);

    private sealed record Sheet(ImmutableArray<Line> Commitments, ImmutableArray<Account> Compute, ImmutableArray<PartyId> Others);

    public static Command Make()
    {
        var file = new Argument<string?>("file") { Description = "A JSON file with `commitments`, `compute` and `others`, see samples/pacts; `-` for standard input", Arity = ArgumentArity.ZeroOrOne };
        var ledger = new Option<string?>("--ledger") { Description = "Solve a pact of this ledger instead: an http address or a directory" };
        var pact = new Option<string?>("--pact") { Description = "With --ledger: which pact" };
        var key = Inputs.LogKey();
        var json = Inputs.Json();
        var solve = new Command("solve", """
            Find the largest set of parties in which everybody's condition holds, and explain it

            Exit status 0 when there is one, 1 when nobody would be bound.

            Examples:
              standstill pact solve samples/pacts/four-labs.json
              standstill pact solve --ledger http://127.0.0.1:7800 --pact sample-pause
            """) { file, ledger, pact, key, json };
        solve.SetAction(async (parsed, cancellation) =>
        {
            var question = (parsed.GetValue(file), parsed.GetValue(ledger)) switch
            {
                ({ } path, null) => FromFile(path),
                (null, { } source) => FromWorld(await Inputs.WorldAsync(source, parsed.GetValue(key), null, null, cancellation), parsed.GetValue(pact)),
                _ => throw new UsageException("give either a file, or --ledger with --pact"),
            };
            var coalition = Coalition.Largest(question.Commitments, question.Shares);
            if (parsed.GetValue(json))
            {
                Output.Json(Document(question, coalition));
            }
            else
            {
                Print(question, coalition);
            }

            return coalition.Members.IsEmpty ? Exit.Refused : Exit.Good;
        });
        return new Command("pact", "Conditional commitments") { solve };
    }

    private static Question FromWorld(World world, string? name)
    {
        if (name is null || !Slug.IsGood(name) || !world.Pacts.TryGetValue(new PactId(name), out var pact))
        {
            throw new UsageException($"--pact: `{name}` is not a pact of this ledger; it has {(world.Pacts.IsEmpty ? "none" : string.Join(", ", world.Pacts.Keys))}");
        }

        return new Question(
            [.. pact.Members.Values.Where(m => m.IsCandidate).Select(m => m.Commitment)],
            [.. world.Parties.Values.Where(p => p.Kind is Protocol.Statements.Bodies.PartyKind.Lab or Protocol.Statements.Bodies.PartyKind.Cloud).Select(p => p.Id)],
            world.Shares);
    }

    private static Question FromFile(string path)
    {
        var read = Fields.Read(Inputs.ReadJson(path), "", f => new Sheet(
            f.List("commitments", 1, 10_000, "who commits on which condition", c => new Line(
                c.Party("party", "who"),
                c.Text("condition", 4096, "on which condition"))),
            f.List("compute", 0, 10_000, "accounted compute", a => new Account(
                a.Party("party", "whose"),
                a.Number("flopPerSecond", 0, 1e30, "FLOP/s", "how much"))),
            f.List("others", 0, 10_000, "parties that could sign and have not", o => o.Party("party", "who"))));
        if (!read.IsGood)
        {
            throw new UsageException($"`{path}`: {string.Join("; ", read.Faults)}");
        }

        var commitments = ImmutableArray.CreateBuilder<Commitment>();
        foreach (var line in read.Value.Commitments)
        {
            var condition = Condition.Parse(line.Condition);
            if (!condition.IsGood)
            {
                throw new UsageException($"`{path}`: the condition of {line.Party}: {condition.Faults[0]}");
            }

            commitments.Add(new Commitment(line.Party, condition.Value, new EntryIndex(commitments.Count)));
        }

        if (commitments.Select(c => c.Party).Distinct().Count() < commitments.Count || read.Value.Compute.Select(c => c.Party).Distinct().Count() < read.Value.Compute.Length)
        {
            throw new UsageException($"`{path}`: a party stands there twice; give each one commitment and one account");
        }

        return new Question(
            commitments.ToImmutable(),
            read.Value.Others,
            new ComputeShares(read.Value.Compute.ToImmutableSortedDictionary(c => c.Party, c => c.FlopPerSecond)));
    }

    private static void Print(Question question, Coalition coalition)
    {
        var explanation = CoalitionExplanation.Of(coalition);
        Output.Line(coalition.Members.IsEmpty ? "nobody would be bound" : $"bound together: {string.Join(", ", coalition.Members)}");
        Output.Line();
        foreach (var party in explanation.Parties.Values)
        {
            Output.Line(PactText.Of(party));
            if (!party.IsIn)
            {
                Output.Line("  " + PactText.Of(SignatureSearch.ToBringIn(coalition, Uncommitted(question, coalition), party.Party)));
            }
        }

        Output.Line();
        foreach (var departure in explanation.Departures)
        {
            Output.Line(PactText.Of(departure));
        }

        if (coalition.Members.IsEmpty)
        {
            Output.Line(PactText.Of(SignatureSearch.ToSetInMotion(coalition, Uncommitted(question, coalition))));
        }
    }

    private static JsonObject Document(Question question, Coalition coalition)
    {
        var explanation = CoalitionExplanation.Of(coalition);
        return new JsonObject
        {
            ["bound"] = Names(coalition.Members),
            ["parties"] = new JsonArray([.. explanation.Parties.Values.Select(p => new JsonObject
            {
                ["party"] = p.Party.Value,
                ["bound"] = p.IsIn,
                ["condition"] = p.Condition.ToString(),
                ["because"] = PactText.Of(p),
                ["waitingFor"] = Names(p.WaitingFor),
                ["signaturesNeeded"] = p.IsIn ? null : Search(SignatureSearch.ToBringIn(coalition, Uncommitted(question, coalition), p.Party)),
            })]),
            ["ifLeaves"] = new JsonArray([.. explanation.Departures.Select(d => new JsonObject
            {
                ["leaver"] = d.Leaver.Value,
                ["free"] = Names(d.Free),
                ["staying"] = Names(d.Staying),
            })]),
            ["toSetInMotion"] = Search(SignatureSearch.ToSetInMotion(coalition, Uncommitted(question, coalition))),
        };
    }

    private static JsonObject Search(SignatureSearch search) => search switch
    {
        SignatureSearch.Found found => new JsonObject { ["result"] = "found", ["signers"] = Names(found.Signers) },
        SignatureSearch.Impossible => new JsonObject { ["result"] = "impossible" },
        SignatureSearch.NotFoundWithin stopped => new JsonObject { ["result"] = "not-found-within", ["sets"] = stopped.Sets },
        _ => throw new InvalidOperationException("not a result"),
    };

    private static IEnumerable<PartyId> Uncommitted(Question question, Coalition coalition) =>
        question.Others.Where(o => coalition.Candidates.All(c => c.Party != o));

    private static JsonArray Names(IEnumerable<PartyId> parties) => new([.. parties.Select(p => JsonValue.Create(p.Value))]);
}
