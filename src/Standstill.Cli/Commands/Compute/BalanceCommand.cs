using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Assurance;
using Standstill.Protocol.Balances;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute balance`: what the balances of a ledger show, computed again on this machine.</summary>
internal static class BalanceCommand
{
    public static Command Make()
    {
        var source = new Argument<string>("source") { Description = "The ledger: an http address or a directory" };
        var party = new Option<string?>("--party") { Description = "Only this party's areas, and their sum" };
        var area = new Option<string?>("--area") { Description = "Only this area, `facility/area`, period by period; needs --party. `all` for the sum over all areas" };
        var export = new Option<string?>("--export") { Description = "Write every period of every balance that is shown into this file, `.parquet` or `.csv`" };
        var key = Inputs.LogKey();
        var size = new Option<long?>("--size") { Description = "Fold only this many entries" };
        var asOf = Inputs.AsOf();
        var json = Inputs.Json();
        var command = new Command("balance", """
            Audit a ledger, and tell what its balances show: CUF, the tests, alarms with their entries

            CUF is compute unaccounted for: chip-hours that were present, less those metered idle, documented as down, or
            declared as used. Exit status 1 where an alarm is open or a digest is overdue.

            Examples:
              standstill compute balance http://127.0.0.1:7800
              standstill compute balance /mnt/copy --party sample-birch --area hall-1/training
              standstill compute balance /mnt/copy --export balances.parquet
            """) { source, party, area, export, key, size, asOf, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var world = await Inputs.WorldAsync(parsed.GetValue(source)!, parsed.GetValue(key), parsed.GetValue(size), parsed.GetValue(asOf), cancellation);
            var lines = Lines(world, parsed.GetValue(party), parsed.GetValue(area));
            if (parsed.GetValue(export) is { } file)
            {
                TableFile.Write(file, Columns, lines.SelectMany(l => l.Line.Entries.Select(e => Row(l.Name, e))), !parsed.GetValue(json));
            }

            if (parsed.GetValue(json))
            {
                Output.Json(new JsonArray([.. lines.Select(l => Document(world, l))]));
            }
            else if (parsed.GetValue(area) is not null)
            {
                PrintPeriods(lines[0]);
            }
            else
            {
                Print(world, lines);
            }

            return lines.Any(l => l.Line.IsAlarmed || l.IsOverdue) ? Exit.Refused : Exit.Good;
        });
        return command;
    }

    private static readonly string[] Columns =
        ["balance", "from", "to", "present", "idle", "down", "declared", "cuf", "sigma", "standardised", "page_loss", "page_gain", "cumulative", "energy_kwh", "energy_standardised", "alarms", "digest_entry", "entry"];

    private sealed record Named(string Name, PartyId Party, BalanceLine Line, DateTimeOffset? BalancedTo, bool IsOverdue);

    private static Named[] Lines(World world, string? party, string? area)
    {
        if (area is not null && party is null)
        {
            throw new UsageException("--area needs --party: whose area");
        }

        var only = party is null ? (PartyId?)null : Inputs.ParseParty(party);
        if (only is { } asked && !world.Parties.ContainsKey(asked))
        {
            throw new UsageException($"--party: the registry has no party `{asked}`");
        }

        Named[] all =
        [
            .. world.Areas.Values.Select(a => new Named(a.Key.ToString(), a.Key.Party, a.Line, a.BalancedTo, world.Overdue.Contains(a.Key))),
            .. world.PartyBalances.Select(p => new Named($"{p.Key}, all areas", p.Key, p.Value.Line, p.Value.BalancedTo, false)),
        ];
        var shown = all.Where(l => only is null || l.Party == only)
            .Where(l => area is null || l.Name == (area == "all" ? $"{party}, all areas" : $"{party}/{area}"))
            .OrderBy(l => l.Party).ThenBy(l => l.Name, StringComparer.Ordinal).ToArray();
        return shown.Length > 0 || area is null ? shown : throw new UsageException($"--area: `{party}` has no balance area `{area}`; it has {(all.Any(l => l.Party == only) ? string.Join(", ", world.AreasOf(only!.Value).Select(a => $"{a.Key.Facility}/{a.Key.Area}")) : "none")}");
    }

    private static void Print(World world, Named[] lines)
    {
        Output.Line($"{world.Charter?.Name ?? "no charter"}, as of {UtcTime.Format(world.Now)}, {world.Size} entries");
        if (lines.Length == 0)
        {
            Output.Line("no balance area is on record");
            return;
        }

        Output.Columns(
            ["balance", "up to", "periods", "latest CUF, chip-hours", "in deviations", "Page loss / limit", "false alarms a year", "open alarms"],
            lines.Select(l => new[]
            {
                l.Name,
                l.BalancedTo is { } to ? UtcTime.Format(to)[..16].Replace('T', ' ') : "–",
                Whole(l.Line.Periods),
                l.Line.Entries is [.., var latest] ? Number(latest.Period.Cuf.Value) : "–",
                l.Line.Entries is [.., { Reading: { } reading }] ? Number(reading.Standardised) : "–",
                l.Line is { Design: { } design } && l.Line.Entries is [.., { Reading: { } read }] ? $"{Number(read.PageLoss)} / {Number(design.Tests.Abrupt.Interval)}" : "not tested",
                l.Line.Design is { } set ? set.Body.FalseAlarmsPerYear.ToString("0.###", CultureInfo.InvariantCulture) : "–",
                Whole(l.Line.Alarms.Count(a => a.IsOpen)) + (l.IsOverdue ? ", overdue" : ""),
            }));
        foreach (var alarm in lines.SelectMany(l => l.Line.Alarms.Select(a => (l.Name, Alarm: a))).OrderBy(a => a.Alarm.At.Entry))
        {
            Output.Line($"alarm      {alarm.Name}: {alarm.Alarm.Test.Replace('-', ' ')} {Number(alarm.Alarm.Statistic)} over {Number(alarm.Alarm.Limit)}, period of {UtcTime.Format(alarm.Alarm.From)[..16].Replace('T', ' ')}, entry {alarm.Alarm.At.Entry}{(alarm.Alarm is { Result: { } result, Found: { } found } ? $"; found at entry {found.Entry}: {Protocol.Statements.Words.Of(result)}" : "")}");
        }

        foreach (var party in lines.Select(l => l.Party).Distinct())
        {
            foreach (var unsettled in Unsettled.Of(world, party, world.Now))
            {
                Output.Line($"unsettled  {party}: {unsettled.Text} (entry {unsettled.Since.Entry}); what would settle it: {unsettled.Settles}");
            }
        }
    }

    private static void PrintPeriods(Named line)
    {
        Output.Line($"{line.Name}: the latest {line.Line.Entries.Count} of {line.Line.Periods} periods, in chip-hours");
        Output.Columns(
            ["from", "present", "idle", "down", "declared", "CUF", "in deviations", "Page loss", "Page gain", "alarms", "entry"],
            line.Line.Entries.Select(e => new[]
            {
                UtcTime.Format(e.Period.From)[..16].Replace('T', ' '),
                Number(e.Period.Present.Value),
                Number(e.Period.Idle.Value),
                Number(e.Period.Down.Value),
                Number(e.Period.Declared.Value),
                Number(e.Period.Cuf.Value),
                e.Reading is { } r ? Number(r.Standardised) : "–",
                e.Reading is { } loss ? Number(loss.PageLoss) : "–",
                e.Reading is { } gain ? Number(gain.PageGain) : "–",
                e.Reading is { Alarms: { IsEmpty: false } alarms } ? string.Join(", ", alarms.Select(a => Protocol.Statements.Words.Of(a.Test))) : "",
                e.At.Entry.ToString(),
            }));
    }

    private static object?[] Row(string name, BalanceEntry e) =>
    [
        name, e.Period.From.UtcDateTime, e.Period.To.UtcDateTime, e.Period.Present.Value, e.Period.Idle.Value, e.Period.Down.Value, e.Period.Declared.Value, e.Period.Cuf.Value,
        e.Reading?.Sigma, e.Reading?.Standardised, e.Reading?.PageLoss, e.Reading?.PageGain, e.Reading?.Cumulative.Value, e.Period.Energy?.KilowattHours, e.Reading?.EnergyStandardised,
        e.Reading is { } r ? string.Join(' ', r.Alarms.Select(a => Protocol.Statements.Words.Of(a.Test))) : null, e.Digest.Value, e.At.Entry.Value,
    ];

    private static JsonObject Document(World world, Named line) => new()
    {
        ["balance"] = line.Name,
        ["party"] = line.Party.Value,
        ["balancedTo"] = line.BalancedTo is { } to ? UtcTime.Format(to) : null,
        ["overdue"] = line.IsOverdue,
        ["periods"] = line.Line.Periods,
        ["falseAlarmsPerYear"] = line.Line.Design?.Body.FalseAlarmsPerYear,
        ["limits"] = line.Line.Design is { } design ? new JsonObject { ["k"] = design.Tests.Abrupt.Allowance, ["h"] = design.Tests.Abrupt.Interval, ["slowK"] = design.Tests.Slow.Allowance, ["slowH"] = design.Tests.Slow.Interval } : null,
        ["entries"] = new JsonArray([.. line.Line.Entries.Select(e => new JsonObject
        {
            ["from"] = UtcTime.Format(e.Period.From), ["to"] = UtcTime.Format(e.Period.To), ["present"] = e.Period.Present.Value, ["idle"] = e.Period.Idle.Value,
            ["down"] = e.Period.Down.Value, ["declared"] = e.Period.Declared.Value, ["cuf"] = e.Period.Cuf.Value, ["sigma"] = e.Reading?.Sigma,
            ["standardised"] = e.Reading?.Standardised, ["pageLoss"] = e.Reading?.PageLoss, ["pageGain"] = e.Reading?.PageGain, ["energyStandardised"] = e.Reading?.EnergyStandardised,
            ["digest"] = e.Digest.Value, ["entry"] = e.At.Entry.Value,
        })]),
        ["alarms"] = new JsonArray([.. line.Line.Alarms.Select(a => new JsonObject
        {
            ["test"] = a.Test, ["statistic"] = a.Statistic, ["limit"] = a.Limit, ["from"] = UtcTime.Format(a.From), ["to"] = UtcTime.Format(a.To), ["entry"] = a.At.Entry.Value,
            ["result"] = a.Result is { } result ? Protocol.Statements.Words.Of(result) : null,
        })]),
        ["unsettled"] = new JsonArray([.. Unsettled.Of(world, line.Party, world.Now).Select(u => new JsonObject { ["text"] = u.Text, ["entry"] = u.Since.Entry.Value, ["settles"] = u.Settles })]),
    };

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
}
