using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Node;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact unseal`: what trustees do, on machines without a network.</summary>
internal static class UnsealCommand
{
    public static Command Make() => new("unseal", "Open sealed commitments: each trustee takes its shares out, then as many as it takes hold a trial") { ShareOut(), Trial() };

    private static Command ShareOut()
    {
        var round = Round();
        var key = new Option<string>("--key") { Description = "The file of the trustee's private key", Required = true };
        var output = new Option<string>("--out") { Description = "Where to write the shares; must not be there yet. Keep them as secret as the key", Required = true };
        var json = Inputs.Json();
        var command = new Command("share", """
            Take a trustee's shares out, and check that they are those that the ledger states

            Exit status 1 when one of them is not: the entry is named, the others are written.

            Example:
              standstill pact unseal share round.json --key oak.key --out oak.shares
            """) { round, key, output, json };
        command.SetAction(parsed =>
        {
            var asked = SealRound.Read(parsed.GetValue(round)!);
            var secret = TrusteeSecret.Parse(Inputs.ReadText(parsed.GetValue(key)!));
            if (!secret.IsGood)
            {
                throw new UsageException($"`{parsed.GetValue(key)}`: {secret.Faults[0]}");
            }

            var path = parsed.GetValue(output)!;
            if (File.Exists(path))
            {
                throw new UsageException($"`{path}` is there already; choose another name");
            }

            var own = asked.Sealed.Select(s => (s.Entry, s.Sealed, Trustee: s.Sealed.Trustees.All.FirstOrDefault(t => t.Key == secret.Value.PublicKey)?.Party)).Where(s => s.Trustee is not null).ToArray();
            if (own.Select(o => o.Trustee).Distinct().Count() != 1)
            {
                throw new UsageException($"`{secret.Value.PublicKey}` is not the key of one trustee in what is sealed there; use the key that was on record then");
            }

            var taken = own.Select(o => (o.Entry, Share: o.Sealed.ShareOf(asked.Registry, secret.Value))).ToArray();
            var bad = taken.Where(t => !t.Share.IsGood).ToArray();
            KeyFile.Write(path, Output.Text(ShareFile.Write(own[0].Trustee!.Value, taken.Where(t => t.Share.IsGood).Select(t => (t.Entry, t.Share.Value!)))));
            foreach (var (entry, share) in bad)
            {
                Output.Error($"entry {entry}: {share.Faults[0]}");
            }

            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject
                {
                    ["trustee"] = own[0].Trustee!.Value.Value,
                    ["shares"] = taken.Length - bad.Length,
                    ["refused"] = new JsonArray([.. bad.Select(b => (JsonNode)b.Entry.Value)]),
                    ["file"] = path,
                });
            }
            else
            {
                Output.Line($"{taken.Length - bad.Length} of {asked.Sealed.Length} shares of {own[0].Trustee} in {path}");
            }

            return bad.Length == 0 ? Exit.Good : Exit.Refused;
        });
        return command;
    }

    private static Command Trial()
    {
        var round = Round();
        var shares = new Argument<string[]>("shares") { Description = "The trustees' files of shares", Arity = ArgumentArity.OneOrMore };
        var at = new Option<string?>("--at") { Description = "When the opening is to be put on record, UTC; this moment without it" };
        var output = new Option<string>("--out") { Description = "Where to write the body of the `sealed-opened` statement, if there is anything to open", Required = true };
        var json = Inputs.Json();
        var command = new Command("trial", """
            Open among trustees what is sealed, and write the keys of those alone who would be bound together

            What stays sealed is not shown, neither whose it is nor whether it is anything. Run it where the files of
            shares may be: whoever has them can read everything. Destroy them afterwards.

            Exit status 0 when somebody is opened, 1 when nobody would be bound or nothing could be read.

            Example:
              standstill pact unseal trial round.json maple.shares oak.shares --out opening.json
            """) { round, shares, at, output, json };
        command.SetAction(parsed =>
        {
            var asked = SealRound.Read(parsed.GetValue(round)!);
            ImmutableArray<TrusteeShares> brought = [.. parsed.GetValue(shares)!.Select(ShareFile.Read)];
            if (brought.Select(b => b.Trustee).Distinct().Count() < brought.Length)
            {
                throw new UsageException("two files of shares are of one trustee; give each trustee's once");
            }

            var trial = SealTrial.Hold(
                asked.Registry, asked.Pact, asked.Sealed, brought, asked.Standing, asked.Facts,
                Time(parsed.GetValue(at)),
                (party, key) => asked.Keys.Contains((party, key)),
                asked.Read);
            var openings = trial.Openings;
            var path = parsed.GetValue(output)!;
            if (!openings.IsEmpty)
            {
                File.WriteAllText(path, Output.Text(new SealedOpenedBody(asked.Pact, openings).ToJson()) + "\n");
            }

            var troubles = trial.Findings.Select(f => (f.Entry, Text: Trouble(f.Recovery))).Where(t => t.Text is not null).ToArray();
            if (parsed.GetValue(json))
            {
                Output.Json(Document(trial, troubles!, openings.IsEmpty ? null : path));
            }
            else
            {
                Print(trial, troubles!, path);
            }

            return openings.IsEmpty ? Exit.Refused : Exit.Good;
        });
        return command;
    }

    private static Argument<string> Round() => new("round") { Description = "The file that `standstill pact round` wrote; `-` for standard input" };

    private static DateTimeOffset Time(string? text) => text is null ? TimeProvider.System.GetUtcNow()
        : UtcTime.TryParse(text, out var time) ? time
        : throw new UsageException($"--at: `{text}` is not a time in UTC; write `2027-01-01T00:00:00Z`");

    /// <summary>What went wrong on the way to a key, and through whom; null where nothing did.</summary>
    private static string? Trouble(SealRecovery recovery) => recovery switch
    {
        SealRecovery.TooFew few => $"{few.Good} of the {few.Needed} shares that it takes{Altered(few.Altered)}",
        SealRecovery.FalselyDealt dealt => $"false shares were sealed for some of {string.Join(", ", dealt.Through)}, so that it cannot be opened{Altered(dealt.Altered)}",
        SealRecovery.Recovered { Altered: [], Unfit: [] } => null,
        SealRecovery.Recovered { Unfit: [] } good => $"opened{Altered(good.Altered)}",
        SealRecovery.Recovered good => $"opened; false shares were sealed for {string.Join(", ", good.Unfit)}{Altered(good.Altered)}",
        _ => throw new InvalidOperationException("a recovery without a case"),
    };

    private static string Altered(ImmutableArray<PartyId> trustees) =>
        trustees.IsEmpty ? "" : $"; {string.Join(", ", trustees)} brought another share than the one that was sealed";

    private static void Print(SealTrial trial, (EntryIndex Entry, string Text)[] troubles, string path)
    {
        Output.Line(trial.Coalition.Members.IsEmpty ? "nobody would be bound" : $"bound together: {string.Join(", ", trial.Coalition.Members)}");
        var opens = trial.Findings.Where(f => f.Verdict is SealVerdict.Opens).ToArray();
        foreach (var finding in opens)
        {
            Output.Line($"entry {finding.Entry} opens: {((SealVerdict.Opens)finding.Verdict).Slip.Party}");
        }

        foreach (var (entry, text) in troubles)
        {
            Output.Line($"entry {entry}: {text}");
        }

        Output.Line($"{trial.Findings.Length - opens.Length} of {trial.Findings.Length} stay sealed");
        if (opens.Length > 0)
        {
            Output.Line($"the opening is in {path}");
        }
    }

    private static JsonObject Document(SealTrial trial, (EntryIndex Entry, string Text)[] troubles, string? path) => new()
    {
        ["pact"] = trial.Pact.Value,
        ["bound"] = new JsonArray([.. trial.Coalition.Members.Select(m => (JsonNode)m.Value)]),
        ["opened"] = new JsonArray([.. trial.Findings.Where(f => f.Verdict is SealVerdict.Opens).Select(f => new JsonObject
        {
            ["entry"] = f.Entry.Value,
            ["party"] = ((SealVerdict.Opens)f.Verdict).Slip.Party.Value,
        })]),
        ["staySealed"] = trial.Findings.Length - trial.Openings.Length,
        ["troubles"] = new JsonArray([.. troubles.Select(t => new JsonObject { ["entry"] = t.Entry.Value, ["what"] = t.Text })]),
        ["file"] = path,
    };
}
