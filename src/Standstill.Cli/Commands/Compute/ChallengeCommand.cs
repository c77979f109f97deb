using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Audit;
using Standstill.Cli.Commands.Pacts;
using Standstill.Protocol;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute challenge`: an inspector draws pieces from the latest checkpoint.</summary>
internal static class ChallengeCommand
{
    public static Command Make()
    {
        var source = new Argument<string>("source") { Description = "The ledger: an http address or a directory; it is audited first" };
        var name = new Option<string>("--challenge") { Description = "Its name in the registry; it goes into the draw", Required = true };
        var area = new Option<string>("--area") { Description = "`party/facility/area`", Required = true };
        var kind = new Option<string>("--kind") { Description = "`chunks` of the latest digest, or `accelerators` of the latest count", DefaultValueFactory = _ => "chunks" };
        var draw = new Option<int>("--draw") { Description = "How many are drawn", DefaultValueFactory = _ => 5 };
        var due = new Option<int>("--due-hours") { Description = "Hours to answer", DefaultValueFactory = _ => 72 };
        var plan = new Option<string?>("--plan") { Description = "The inspection plan that it belongs to" };
        var sending = Sending.Make();
        var command = new Command("challenge", """
            Ask a party to open pieces that follow from the root hash of the latest checkpoint

            Neither side can choose them: the digest was on record before the checkpoint, and the checkpoint before the
            challenge. Without --key or --body the draw is only shown.

            Example:
              standstill compute challenge http://127.0.0.1:7800 --challenge spring-1 --area sample-birch/hall-1/training --draw 8
            """) { source, name, area, kind, draw, due, plan };
        sending.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var id = parsed.GetValue(name)!;
            if (!Slug.IsGood(id))
            {
                throw new UsageException($"--challenge: `{id}` is not a name: use {Slug.Rule}");
            }

            if (parsed.GetValue(plan) is { } planned && !Slug.IsGood(planned))
            {
                throw new UsageException($"--plan: `{planned}` is not a name: use {Slug.Rule}");
            }

            var (many, hours) = (Figures.Whole("--draw", parsed.GetValue(draw), 1, 10_000), Figures.Whole("--due-hours", parsed.GetValue(due), 1, 8760));
            using var http = new HttpClient();
            var report = await Auditor.RunAsync(Inputs.ParseSource(parsed.GetValue(source)!, http), null, null, null, cancellation);
            if (report.Fault is { } fault)
            {
                throw new InvalidDataException($"`{parsed.GetValue(source)}` does not pass its audit: {fault}");
            }

            var (world, head) = (report.World!, report.Checkpoint!);
            var found = Find(world, parsed.GetValue(area)!);
            var asked = Choose(parsed.GetValue(kind)!);
            var (entry, population) = asked == ChallengeKind.Chunks
                ? found.LatestDigest is { } digest ? (digest.Entry, digest.Body.Chunks) : throw new RefusedException([$"`{found.Key}` has no digest yet"])
                : found.Counted is { Body.SerialsRoot: not null } counted ? (counted.At.Entry, checked((int)counted.Body.Count)) : throw new RefusedException([$"`{found.Key}` has no count with its serial numbers committed to"]);
            if (head.Size <= entry.Value)
            {
                throw new RefusedException([$"no checkpoint is later than entry {entry} yet; wait for the next"]);
            }

            var root = Inputs.DigestOf(head.Root);
            var positions = ChallengeDraw.Positions(root, id, population, many);
            Output.Line($"drawn from checkpoint {head.Size}, root {root.Hex[..16]}…: {positions.Length} of {population} {Words.Of(asked)} behind entry {entry}");
            Output.Line("  " + string.Join(", ", positions.Select(p => p.ToString(CultureInfo.InvariantCulture))));
            var body = new JsonObject
            {
                ["challenge"] = id,
                ["party"] = found.Key.Party.Value,
                ["kind"] = Words.Of(asked),
                ["entry"] = entry.Value,
                ["draw"] = positions.Length,
                ["checkpointSize"] = head.Size,
                ["checkpointRoot"] = root.Hex,
                ["dueHours"] = hours,
                ["plan"] = parsed.GetValue(plan),
            };
            return await sending.DoneAsync(parsed, "challenge", body, cancellation);
        });
        return command;
    }

    private static ChallengeKind Choose(string kind) => kind switch
    {
        "chunks" => ChallengeKind.Chunks,
        "accelerators" => ChallengeKind.Accelerators,
        _ => throw new UsageException($"--kind: `{kind}` is neither `chunks` nor `accelerators`"),
    };

    private static BalanceArea Find(World world, string area)
    {
        var parts = area.Split('/');
        return parts.Length == 3 && parts.All(Slug.IsGood) && world.Areas.TryGetValue(new AreaKey(new PartyId(parts[0]), new FacilityId(parts[1]), new AreaId(parts[2])), out var found)
            ? found
            : throw new UsageException($"--area: the registry has no balance area `{area}`; write `party/facility/area`");
    }
}
