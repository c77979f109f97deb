using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Audit;
using Standstill.Cli.Commands.Pacts;
using Standstill.Measurement;
using Standstill.Measurement.Adversary;
using Standstill.Protocol;
using Standstill.Protocol.Assurance;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute assurance`: how likely a diversion at a party would be seen, by what is in place on the ledger.</summary>
internal static class AssuranceCommand
{
    public static Command Make()
    {
        var source = new Argument<string>("source") { Description = "The ledger: an http address or a directory; it is audited first" };
        var party = new Option<string?>("--party") { Description = "Whose assurance; with --check it is taken from the statement" };
        var flop = Diversions.Flop();
        var days = Diversions.Days();
        var draws = Diversions.Draws();
        var budget = new Option<bool>("--budget") { Description = "Tell too what the next unit of budget would buy: each measure's next step, the cheater answering anew" };
        var check = new Option<long?>("--check") { Description = "Compute again what the statement at this entry says; exit status 1 where it differs" };
        var valid = new Option<int>("--valid-days") { Description = "For the statement: how long it can be relied on", DefaultValueFactory = _ => 90 };
        var size = new Option<long?>("--size") { Description = "Fold only this many entries" };
        var json = Inputs.Json();
        var sending = Sending.Make();
        sending.Key.Description = "An inspector's or evaluator's private key: sign and send an `assurance-assessed-v2`";
        var sender = new Option<string?>("--as") { Description = "With --key: who says it" };
        var command = new Command("assurance", """
            Play every strategy of the library against what is in place at a party, and say what could still be hidden

            The measures are taken from the ledger. All draws follow from the root hash of its size, so that anybody with the
            ledger computes the same figures to the bit. While something stands against the party, pacts reckon with 0 %.

            Examples:
              standstill compute assurance http://127.0.0.1:7800 --party sample-birch --flop 1e25 --days 90
              standstill compute assurance /mnt/copy --party sample-birch --budget
              standstill compute assurance /mnt/copy --check 412
            """) { source, party, flop, days, draws, budget, check, valid, size, json, sender, sending.Body, sending.Key, sending.Node };
        command.SetAction(async (parsed, cancellation) =>
        {
            var ledger = parsed.GetValue(source)!;
            if (parsed.GetValue(check) is { } entry)
            {
                return await CheckAsync(ledger, entry, parsed.GetValue(json), cancellation);
            }

            var validDays = Figures.Whole("--valid-days", parsed.GetValue(valid), 1, 3650);
            var (world, root) = await FoldAsync(ledger, parsed.GetValue(size), cancellation);
            var who = Inputs.ParseParty(parsed.GetValue(party) ?? throw new UsageException("--party: say whose assurance, or --check an entry"));
            var diversion = Diversions.Of(parsed.GetValue(flop), parsed.GetValue(days));
            var study = Study(world, who, diversion, root, Diversions.Checked(parsed.GetValue(draws)));
            var steps = parsed.GetValue(budget) ? MarginalValue.Of(study.Study, Strategy.All, BudgetStep.All, new Seed(root.ToBytes()), Work.WithBar("trying the next unit of budget")) : [];
            if (parsed.GetValue(json))
            {
                var document = SimulateCommand.Document(study.Study);
                document["party"] = who.Value;
                document["entries"] = world.Size;
                document["percent"] = study.Percent;
                document["undetectedFlop"] = study.UndetectedFlop;
                document["notDetectable"] = StrategyTable.Of(study.Undetected);
                document["unsettled"] = new JsonArray([.. Unsettled.Of(world, who, world.Now).Select(u => JsonValue.Create(u.Text))]);
                document["budget"] = new JsonArray([.. steps.Select(s => new JsonObject { ["step"] = s.Step.What, ["gain"] = s.Gain.Value, ["low"] = s.Gain.Low, ["high"] = s.Gain.High, ["weakest"] = s.Weakest.Name })]);
                Output.Json(document);
                return Exit.Good;
            }

            Print(world, who, study, steps);
            return parsed.GetValue(sending.Body) is null && parsed.GetValue(sending.Key) is null
                ? Exit.Good
                : await sending.DoneAsync(parsed, "assurance-assessed-v2", Body(world, root, study, validDays), cancellation, sender);
        });
        return command;
    }

    /// <summary>The body of a statement that says what a study found.</summary>
    public static JsonObject Body(World world, Digest root, AssuranceStudy study, int validDays) => new()
    {
        ["party"] = study.Party.Value,
        ["percent"] = study.Percent,
        ["diversionFlop"] = study.Study.Diversion.Flop,
        ["withinDays"] = study.Study.Diversion.WithinDays,
        ["effective"] = $"{world.Now:yyyy-MM-dd}",
        ["validDays"] = validDays,
        ["method"] = $"computed by `standstill compute assurance` against the measures on this ledger; assumed: {string.Join("; ", MeasuresOnLedger.Assumptions)}",
        ["computed"] = new JsonObject
        {
            ["entries"] = world.Size,
            ["seed"] = root.Hex,
            ["draws"] = study.Study.Draws,
            ["library"] = AssuranceStudy.Library,
            ["weakest"] = study.Study.Weakest?.Strategy.Name ?? "none",
            ["medianDaysToDetection"] = study.Study.Weakest?.All?.MedianDays,
            ["falseAlarmsPerYear"] = AssuranceStudy.Rounded(study.Study.AllFalseAlarms.Value),
            ["undetectedFlop"] = study.UndetectedFlop,
        },
    };

    /// <summary>The study of a party.</summary>
    public static AssuranceStudy Study(World world, PartyId party, Diversion diversion, Digest root, int draws) =>
        !world.Parties.ContainsKey(party) ? throw new UsageException($"--party: the registry has no party `{party}`")
        : AssuranceStudy.Of(world, party, diversion, new Seed(root.ToBytes()), draws, Work.WithBar("playing strategies"))
            ?? throw new RefusedException([$"`{party}` has no accelerators on record: there is nothing to judge"]);

    private static async Task<(World World, Digest Root)> FoldAsync(string source, long? size, CancellationToken cancellation)
    {
        if (size < 1)
        {
            throw new UsageException($"--size: {size} entries establish nothing; fold at least the charter");
        }

        using var http = new HttpClient();
        var report = await Auditor.RunAsync(Inputs.ParseSource(source, http), null, size, null, cancellation);
        return report.Fault is { } fault ? throw new InvalidDataException($"`{source}` does not pass its audit: {fault}")
            : size is { } asked && report.World!.Size < asked ? throw new UsageException($"--size: the ledger has {report.World!.Size} entries")
            : (report.World!, Inputs.DigestOf(report.Root!.Value));
    }

    private static async Task<int> CheckAsync(string source, long entry, bool json, CancellationToken cancellation)
    {
        var (world, _) = await FoldAsync(source, null, cancellation);
        if (world.Assessments.FirstOrDefault(a => a.At.Entry.Value == entry)?.Body is not AssuranceAssessedV2Body stated)
        {
            throw new UsageException($"--check: entry {entry} is no `assurance-assessed-v2`");
        }

        var (then, root) = await FoldAsync(source, stated.Computed.Entries, cancellation);
        if (root != stated.Computed.Seed)
        {
            throw new RefusedException([$"entry {entry} names seed {stated.Computed.Seed.Hex[..16]}…, and the root hash of {stated.Computed.Entries} entries is {root.Hex[..16]}…: its draws were chosen"]);
        }

        var study = Study(then, stated.Party, new Diversion(stated.DiversionFlop, stated.WithinDays), root, stated.Computed.Draws);
        var same = study.Confirms(stated);
        if (json)
        {
            Output.Json(new JsonObject { ["same"] = same, ["stated"] = stated.Percent, ["computed"] = study.Percent, ["weakest"] = study.Study.Weakest?.Strategy.Name });
        }
        else
        {
            Output.Line(same
                ? $"the same: {stated.Party}, {study.Percent} % against {stated.Computed.Weakest}, {stated.Computed.Draws} worlds from the root hash of {stated.Computed.Entries} entries"
                : $"not the same: entry {entry} says {stated.Percent} % against {stated.Computed.Weakest} by {stated.Computed.Library}, and it comes to {study.Percent} % against {study.Study.Weakest?.Strategy.Name ?? "none"} by {AssuranceStudy.Library}");
        }

        return same ? Exit.Good : Exit.Refused;
    }

    private static void Print(World world, PartyId party, AssuranceStudy study, System.Collections.Immutable.ImmutableArray<MarginalValue> steps)
    {
        SimulateCommand.Print(study.Study);
        Output.Line();
        var unsettled = Unsettled.Of(world, party, world.Now);
        foreach (var one in unsettled)
        {
            Output.Line($"unsettled  {one.Text} (entry {one.Since.Entry})");
        }

        Output.Line($"{(unsettled.IsEmpty ? "assurance" : "assurance  0 % for pacts while that stands; by the measures alone")}  {study.Percent} % at least, the lower end of the weakest path: {SimulateCommand.Flop(study.Study.Diversion.Flop)} FLOP within {study.Study.Diversion.WithinDays} days at {party}, as of {UtcTime.Format(world.Now)}, {world.Size} entries");
        Output.Line(StrategyTable.Of(study.Undetected));
        Output.Line($"assumed    {string.Join("; ", MeasuresOnLedger.Assumptions)}");
        if (steps.Length > 0)
        {
            Output.Line();
            Output.Columns(["the next unit of budget", "gain (95 % interval)", "weakest path then"], steps.OrderByDescending(s => s.Gain.Value).Select(s => new[]
            {
                s.Step.What, string.Create(CultureInfo.InvariantCulture, $"{s.Gain.Value:+0.000;-0.000;0.000} ({s.Gain.Low:+0.000;-0.000;0.000} to {s.Gain.High:+0.000;-0.000;0.000})"), s.Weakest.Name,
            }));
        }
    }
}
