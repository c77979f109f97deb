using System.Text.Json;
using System.Text.RegularExpressions;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>A log of Inspect as a zip file: <c>header.json</c> and a file for each sample.</summary>
/// <remarks>
/// <para>A log that was not ended has <c>_journal/start.json</c> in place of the header. A sample is <c>samples/ID_epoch_N.json</c>, or, in
/// logs of version 3, <c>samples/ID_epoch_N/sample.json</c> and <c>metadata.json</c> beside its transcript, which is not read. Members are
/// stored, deflated, or packed by Zstandard, as Inspect does since 0.3.179.</para>
/// <para>Nothing is unpacked beyond the length that the directory states, and that length has bounds, so that no small file makes much
/// work.</para>
/// </remarks>
internal static partial class InspectArchive
{
    /// <summary>One member, unpacked: a sample with a long transcript has some megabytes.</summary>
    private const long LongestMember = 1L << 30;

    /// <summary>All members that are read, unpacked.</summary>
    private const long LongestOfAll = 64L << 30;

    private const int MostMembers = 1_000_000;

    public static void Read(Stream zip, RunFileReader reader)
    {
        try
        {
            if (!ZipDirectory.TryRead(zip, out var members))
            {
                reader.Fault("", new FigureFault("file", "it is not a whole zip file", "copy it anew"));
                return;
            }

            if (members.Count > MostMembers)
            {
                reader.Fault("", new FigureFault("file", "it has more than 1,000,000 members", "split the log"));
                return;
            }

            if ((members.GetValueOrDefault("header.json") ?? members.GetValueOrDefault("_journal/start.json")) is not { } header)
            {
                reader.Fault("", new FigureFault("file", "it has no `header.json`", "give a log of Inspect, as `inspect eval` writes it"));
                return;
            }

            var samples = members.Values.Where(member => IsSample(member.Name)).ToList();
            if (samples.Sum(member => (decimal)member.Unpacked) > LongestOfAll)
            {
                reader.Fault("", new FigureFault("file", "its samples have more than 64 GiB unpacked", "split the log"));
                return;
            }

            var log = Parse<InspectLog>(zip, header, reader);
            if (log is null || InspectLogReader.Begin(log, reader) is not { } evaluation)
            {
                return;
            }

            foreach (var (i, member) in samples.Index())
            {
                if (Parse<InspectSample>(zip, member, reader) is not { } sample)
                {
                    continue;
                }

                // A sample in pieces keeps its metadata in a member of its own; without one it has none.
                var beside = member.Name.EndsWith("/sample.json", StringComparison.Ordinal) ? members.GetValueOrDefault($"{member.Name[..^"sample.json".Length]}metadata.json") : null;
                var metadata = beside is null ? sample.Metadata : Parse<InspectMetadata>(zip, beside, reader);
                InspectLogReader.Add(evaluation, sample with { Metadata = metadata }, i + 1, reader);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            reader.Fault("", new FigureFault("file", "it is not a whole zip file", "copy it anew"));
        }
    }

    private static bool IsSample(string name) =>
        name.StartsWith("samples/", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal) && !Piece().IsMatch(name);

    /// <summary>What stands beside <c>sample.json</c> in a sample in pieces.</summary>
    [GeneratedRegex("_epoch_[0-9]+/(?:(?:metadata|skeleton)\\.json|(?:messages|events|calls|attachments)/[^/]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: -1)]
    private static partial Regex Piece();

    private static T? Parse<T>(Stream zip, ZipMember member, RunFileReader reader)
        where T : class
    {
        var place = $"`{RawRow.Shown(member.Name)}`";
        if (member.Unpacked > LongestMember)
        {
            reader.Fault(place, new FigureFault("member", "it has more than 1 GiB unpacked", "split the log, or leave the transcript out"));
        }
        else if (member.IsEncrypted || member.Method is not (0 or 8 or 93))
        {
            reader.Fault(place, new FigureFault("member", "it is encrypted, or packed neither by deflate nor by Zstandard", "convert the log with `inspect log convert --to json`"));
        }
        else
        {
            try
            {
                using var stream = new FiniteJsonStream(ZipDirectory.Open(zip, member));
                if (JsonSerializer.Deserialize<T>(stream, InspectLog.Options) is { } value)
                {
                    return value;
                }

                reader.Fault(place, NotJson);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                reader.Fault(place, NotJson);
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException)
            {
                reader.Fault(place, new FigureFault("member", "it cannot be unpacked", "copy the log anew"));
            }
        }

        return null;
    }

    private static FigureFault NotJson => new("member", "it is not JSON of an Inspect log", "give a log as `inspect eval` writes it");
}
