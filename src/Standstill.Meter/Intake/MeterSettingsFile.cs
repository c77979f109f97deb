using System.Collections.Immutable;
using System.Text.Json;
using Standstill.Meter.Scraping;
using Standstill.Protocol;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Meter.Intake;

/// <summary>Reads `meter.json`. Every fault has its place and its remedy; a name that is not known is a fault, since a setting that is misspelt
/// would otherwise hold by its default.</summary>
public static class MeterSettingsFile
{
    private static readonly ImmutableArray<string> Known =
        ["party", "facility", "listen", "data", "areas", "scrapeSeconds", "chunkMinutes", "retentionDays", "diskLimitBytes", "targets"];

    private static readonly ImmutableArray<string> KnownOfArea = ["area", "match", "periodMinutes"];

    private static readonly ImmutableArray<string> KnownOfTarget = ["name", "url", "kind"];

    /// <summary>Reads the bytes of a file.</summary>
    public static Parsed<MeterSettings> Read(ReadOnlyMemory<byte> utf8)
    {
        if (!StrictJson.TryParse(utf8, out var json, out var fault))
        {
            return Parsed<MeterSettings>.Bad([fault!]);
        }

        var unknown = Unknown(json, "", Known).ToImmutableArray();
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("areas", out var areas) && areas.ValueKind == JsonValueKind.Array)
        {
            unknown = [.. unknown, .. areas.EnumerateArray().SelectMany((area, i) => Unknown(area, $"areas[{i}].", KnownOfArea))];
        }

        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("targets", out var targets) && targets.ValueKind == JsonValueKind.Array)
        {
            unknown = [.. unknown, .. targets.EnumerateArray().SelectMany((target, i) => Unknown(target, $"targets[{i}].", KnownOfTarget))];
        }

        var read = Fields.Read(json, "", fields => Settings(fields, json));
        return unknown.IsEmpty ? read : Parsed<MeterSettings>.Bad([.. read.Faults, .. unknown]);
    }

    private static IEnumerable<Fault> Unknown(JsonElement json, string path, ImmutableArray<string> known) =>
        json.ValueKind != JsonValueKind.Object ? []
            : json.EnumerateObject().Where(p => !known.Contains(p.Name))
                .Select(p => new Fault(path + p.Name, $"no setting `{p.Name}`", $"leave it out, or use one of {string.Join(", ", known.Select(k => $"`{k}`"))}"));

    private static MeterSettings Settings(Fields fields, JsonElement json)
    {
        var listen = fields.Text("listen", 200, "Where remote write is taken: an http address and port of this machine.");
        var chunk = (int)(fields.WholeOrNull("chunkMinutes", 1, 60, "minutes", "Sample time that a chunk covers; 5 by default.") ?? 5);
        var (matches, at) = (Matches(fields, json), 0);
        var settings = new MeterSettings(
            fields.Party("party", "Whose meter it is."),
            new FacilityId(fields.Name("facility", "facility", "The facility that it stands in.")),
            Uri.TryCreate(listen, UriKind.Absolute, out var address) ? address : new Uri("http://127.0.0.1:9465"),
            fields.Text("data", 4096, "The data directory."),
            [.. fields.List("areas", 0, 10_000, "The balance areas, in the order in which they are tried.", Area)],
            (int)(fields.WholeOrNull("scrapeSeconds", 1, 3600, "seconds", "Interval at which the sources are read; 15 by default.") ?? 15),
            chunk,
            (int)(fields.WholeOrNull("retentionDays", 1, 36_500, "days", "How long raw samples of closed periods are kept; 90 by default.") ?? 90),
            fields.WholeOrNull("diskLimitBytes", 1 << 20, long.MaxValue, "bytes", "What the data directory may hold; 100 GB by default.") ?? 100_000_000_000)
        {
            Targets = fields.List("targets", 0, 1000, "What the meter reads itself, beside what is written to it.", Target),
        };
        fields.Require(address is { Scheme: "http" }, "listen", $"`{listen}` is no http address", "write it as `http://127.0.0.1:9465`");
        for (var i = 0; i < settings.Areas.Length; i++)
        {
            var area = settings.Areas[i];
            fields.Require(
                area.PeriodMinutes % chunk == 0, $"areas[{i}].periodMinutes", $"`{area.PeriodMinutes}` is no multiple of chunkMinutes, {chunk}", "let each period be whole chunks");
            fields.Require(
                area.Area != AreaRule.Unassigned && !settings.Areas.Take(i).Any(a => a.Area == area.Area),
                $"areas[{i}].area", $"`{area.Area}` is taken", $"name each area once, and none `{AreaRule.Unassigned}`: what no rule matches is counted there");
        }

        fields.Require(settings.Targets.Select(t => t.Name).Distinct(StringComparer.Ordinal).Count() == settings.Targets.Length, "targets", "a name stands there twice", "name each target once");
        return settings;

        ScrapeTarget Target(Fields target)
        {
            var url = target.Text("url", 2000, "Its address, such as `http://10.0.0.7:9400/metrics`, or a Redfish service's root.");
            var good = Uri.TryCreate(url, UriKind.Absolute, out var place) && place.Scheme is "http" or "https";
            target.Require(good || url.Length == 0, "url", $"`{url}` is no http address", "write it as `http://10.0.0.7:9400/metrics`");
            return new ScrapeTarget(target.Name("name", "target", "Its name, in health and dead letters."), good ? place! : new Uri("http://127.0.0.1"), target.Choice<TargetKind>("kind", "What it speaks."));
        }

        AreaRule Area(Fields area) => new(
            area.Name("area", "area", "The area's name within the facility."),
            matches[at++],
            (int)area.Whole("periodMinutes", 1, 44_640, "minutes", "Length of a balance period."));
    }

    // The labels' names are the facility's own, so these objects are read as they stand.
    private static List<ImmutableArray<Label>> Matches(Fields fields, JsonElement json)
    {
        var matches = new List<ImmutableArray<Label>>();
        if (!json.TryGetProperty("areas", out var areas) || areas.ValueKind != JsonValueKind.Array)
        {
            return matches;
        }

        var index = 0;
        foreach (var area in areas.EnumerateArray())
        {
            var place = $"areas[{index++}].match";
            if (area.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            var labels = ImmutableArray.CreateBuilder<Label>();
            var good = area.TryGetProperty("match", out var match) && match.ValueKind == JsonValueKind.Object;
            fields.Require(good, place, "not an object of labels", "write the labels as `{\"Hostname\": \"node-1\"}`; `{}` takes every series");
            foreach (var label in good ? match.EnumerateObject().ToArray() : [])
            {
                var text = label.Value.ValueKind == JsonValueKind.String ? label.Value.GetString()! : "";
                fields.Require(text.Length > 0, $"{place}.{label.Name}", "not a text", "give the label's value in quotes");
                labels.Add(new Label(label.Name, text));
            }

            matches.Add(labels.ToImmutable());
        }

        return matches;
    }
}
