using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Meter;
using Standstill.Meter.Closing;
using Standstill.Meter.Store;
using Standstill.Node.Api;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Meters;

/// <summary>A meter that speaks to a node: digests in the order of their periods, and answers to challenges. What the node has is asked each time,
/// so that a meter that was killed goes on where the ledger stands.</summary>
internal sealed class MeterVoice(MeterSettings settings, PartySigner signer, HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private string? said;
    private long asked = long.MinValue;
    private long tried = -1;

    /// <summary>Sends what is not on the ledger yet. A node that does not answer or refuses is told once, and asked again a minute later.</summary>
    public async Task SpeakAsync(ClosedPeriods closed, OpenChallenges challenges, Action<string> say, CancellationToken stop)
    {
        var ended = closed.Areas.Sum(a => closed.Of(a).LongCount());
        if (ended == tried && asked != long.MinValue && clock.GetElapsedTime(asked) < Patience)
        {
            return;
        }

        (asked, tried) = (clock.GetTimestamp(), ended);
        try
        {
            var world = await http.GetFromJsonAsync<JsonObject>("/api/world", stop) ?? [];
            await SendDigestsAsync(world, closed, say, stop);
            await AnswerAsync(world, closed, challenges, say, stop);
            said = null;
        }
        catch (Exception e) when (e is HttpRequestException or RefusedException or UsageException or JsonException or InvalidOperationException or FormatException || (e is TaskCanceledException && !stop.IsCancellationRequested))
        {
            var what = $"the node took nothing: {e.Message}";
            if (what != said)
            {
                say(what);
            }

            said = what;
        }
    }

    private async Task SendDigestsAsync(JsonObject world, ClosedPeriods closed, Action<string> say, CancellationToken stop)
    {
        foreach (var area in closed.Areas)
        {
            var name = $"{settings.Party}/{settings.Facility}/{area}";
            if (world["balanceAreas"]?.AsArray().FirstOrDefault(a => (string?)a!["area"] == name) is not { } known)
            {
                throw new RefusedException([$"`{name}` is no balance area there; put it on record, with this meter's key {signer.PublicKey}"]);
            }

            var reached = (string?)(known["digestedTo"] ?? known["start"]) is { } text && UtcTime.TryParse(text, out var to) ? to.ToUnixTimeMilliseconds() : long.MinValue;
            foreach (var from in closed.Of(area).Where(f => f >= reached).ToArray())
            {
                var period = closed.Find(area, from)!;
                var answer = await SayAsync("compute-digest", JsonElement.Parse(period.Digest.ToJson()), stop);
                say($"digest of {area} from {UtcTime.Format(period.Digest.From)[..16]} is entry {answer.Index}");
            }
        }
    }

    private async Task AnswerAsync(JsonObject world, ClosedPeriods closed, OpenChallenges challenges, Action<string> say, CancellationToken stop)
    {
        foreach (var asking in world["challenges"]?.AsArray() ?? [])
        {
            var name = (string)asking!["challenge"]!;
            if ((string?)asking["party"] != settings.Party.Value || (string?)asking["kind"] != "chunks")
            {
                continue;
            }

            if (asking["answered"] is not null || asking["result"] is not null)
            {
                challenges.Settle(name);
                continue;
            }

            var entry = await http.GetByteArrayAsync($"/api/entries/{((long)asking["entry"]!).ToString(CultureInfo.InvariantCulture)}/raw", stop);
            if (EntryReading.Of(entry).Statement?.Body is not Protocol.Statements.Bodies.ComputeDigestBody { Period: var period } || closed.Find(Digest.Of(period.ToJson())) is null)
            {
                continue; // of another meter of the party
            }

            var challenge = new Challenge(name, Digest.Of(period.ToJson()), Digest.TryParse((string?)asking["checkpointRoot"], out var root) ? root : default, (int)asking["draw"]!);
            if (challenges.All.All(c => c.Id != name) && challenges.Add(challenge) is { } fault)
            {
                say($"challenge {name}: {fault}");
                continue;
            }

            if (Write(closed, challenge, settings.Data) is var (archive, opened))
            {
                await SayAsync("challenge-answered", JsonSerializer.SerializeToElement(new JsonObject
                {
                    ["challenge"] = name,
                    ["opening"] = opened.Hex,
                    ["bytes"] = new FileInfo(archive).Length,
                    ["text"] = "the opening is kept at the facility for the inspector",
                }), stop);
                challenges.Settle(name);
                say($"challenge {name} is answered; hand `{archive}` to the inspector");
            }
        }
    }

    /// <summary>Writes an opening as an archive, once; gives its path and digest.</summary>
    /// <exception cref="RefusedException">A drawn chunk cannot be opened, or the challenge's name is none that a ledger takes.</exception>
    public static (string Archive, Digest Sha256) Write(ClosedPeriods closed, Challenge challenge, string data)
    {
        // The name becomes a path, and a node or a file that nobody has checked gives it.
        if (!Slug.IsGood(challenge.Id))
        {
            throw new RefusedException([$"challenge: `{challenge.Id}` is not the name of a challenge; a name is {Slug.Rule}"]);
        }

        var folder = Path.Combine(data, "openings", challenge.Id);
        var archive = folder + ".zip";
        if (!File.Exists(archive))
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true); // left by a kill: without its archive it was answered to nobody
            }

            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            var written = OpeningAnswer.Write(closed, data, challenge, folder);
            if (!written.IsGood)
            {
                throw new RefusedException([.. written.Faults.Select(f => f.ToString())]);
            }

            OpeningAnswer.Pack(folder, archive + ".part");
            File.Move(archive + ".part", archive, overwrite: true);
            Directory.Delete(folder, recursive: true);
        }

        return (archive, FileDigest.Of(archive));
    }

    private async Task<SubmissionAnswer> SayAsync(string type, JsonElement body, CancellationToken stop)
    {
        var kind = PredicateType.FindName(type)!;
        var (registry, position) = await SignCommand.AskAsync(http.BaseAddress!.ToString(), signer.PublicKey, kind, stop);
        var written = StatementWriter.Write(kind, registry, settings.Party, signer, position, clock.GetUtcNow(), body);
        return written.IsGood
            ? await SubmitCommand.SendAsync(http, written.Value.Envelope.ToArray(), stop)
            : throw new RefusedException([.. written.Faults.Select(f => f.ToString())]);
    }
}
