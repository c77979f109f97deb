using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>Evaluation logs of Inspect (inspect.aisi.org.uk/eval-logs.html): one JSON document, or a zip file (<see cref="InspectArchive"/>).</summary>
/// <remarks>
/// <para>A sample and epoch is a run. Its agent is the log's model, its task the log's task and the sample's id joined by `/`. The
/// human time and the family come from the sample's metadata (<c>human_minutes</c>, <c>task_family</c>) or from a task table, under that
/// joined name; without a family the log's task is the family.</para>
/// <para>The score is that of the first scorer in the log: a number, true or false, or Inspect's C, P, N and I for 1, ½, 0 and 0. A
/// score between 0 and 1 is the continuous score, and is a success where it is 1. A sample that ended in an error counts as scored
/// there, and as a fatal error; one without a score is a failure if it ended in an error or at a limit. A sample whose scorer gave NaN or
/// null, which is Inspect's word for "not scored", and one that was invalidated, are no runs; a note counts them.</para>
/// <para>A run is named by the sample's <c>uuid</c>, which a retried evaluation keeps for the samples it took over; logs from before
/// Inspect 0.3.70 have none, and there it is the evaluation's name, the sample's id and the epoch.</para>
/// </remarks>
internal static class InspectLogReader
{
    public static void ReadJson(Stream stream, RunFileReader reader)
    {
        InspectLog? log;
        try
        {
            using var json = new FiniteJsonStream(stream);
            log = JsonSerializer.Deserialize<InspectLog>(json, InspectLog.Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            reader.Fault("", new FigureFault("file", "it is not a log of Inspect", "give a log as `inspect eval` writes it, or `inspect log dump FILE`"));
            return;
        }

        if (Begin(log, reader) is { } evaluation)
        {
            foreach (var (i, sample) in (log!.Samples ?? []).Index())
            {
                Add(evaluation, sample, i + 1, reader);
            }
        }
    }

    /// <summary>What was evaluated; nothing, and a fault, where the log does not say.</summary>
    public static InspectEvaluation? Begin(InspectLog? log, RunFileReader reader)
    {
        if (log?.Evaluation is not { Task.Length: > 0, Model.Length: > 0 } evaluation)
        {
            reader.Fault("", new FigureFault("eval", "the log names no task or no model", "give a log of Inspect with `eval.task` and `eval.model`"));
            return null;
        }

        reader.Notes.Evaluation(evaluation, log.Status ?? "started");
        return evaluation;
    }

    /// <summary>Adds one sample as a run.</summary>
    /// <param name="evaluation">What was evaluated.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="number">Which of the log's it is, from 1.</param>
    /// <param name="reader">What it is added to.</param>
    public static void Add(InspectEvaluation evaluation, InspectSample? sample, long number, RunFileReader reader)
    {
        if (sample is null)
        {
            reader.Fault("", new FigureFault("samples", "one of them is null", "give a log as `inspect eval` writes it"));
            return;
        }

        var id = sample.Id.ValueKind == JsonValueKind.Number ? sample.Id.GetRawText() : Text(sample.Id) ?? "";
        var epoch = (sample.Epoch ?? 1).ToString(CultureInfo.InvariantCulture);
        string Place() => $"sample `{RawRow.Shown(id)}`, epoch {epoch}";

        var failed = sample.Error.ValueKind is JsonValueKind.Object or JsonValueKind.String;
        var limited = sample.Limit.ValueKind == JsonValueKind.Object;
        var metadata = sample.Metadata;
        var raw = new RawRow
        {
            Alias = evaluation.Model,
            Model = evaluation.Model,
            TaskId = id.Length == 0 ? null : $"{evaluation.Task}/{id}",
            RunId = sample.Uuid is { Length: > 0 } ? sample.Uuid : $"{evaluation.EvaluationId ?? evaluation.RunId}/{evaluation.Task}/{id}/{epoch}",
            Family = Text(metadata?.TaskFamily) ?? Text(metadata?.Family) ?? evaluation.Task,
            TaskSource = Text(metadata?.TaskSource) ?? evaluation.Task,
            HumanSource = Text(metadata?.HumanSource),
            Released = Text(metadata?.Released),
            Alleged = metadata?.Alleged.ValueKind == JsonValueKind.True,
            Fatal = failed ? "error" : null,
        };
        switch (metadata?.HumanMinutes.ValueKind)
        {
            case JsonValueKind.Number:
                raw.HumanMinutes = metadata.HumanMinutes.GetDouble();
                break;
            case null or JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                reader.Fault(Place(), new FigureFault("human_minutes", $"`{Raw(metadata.HumanMinutes)}` is not a number", "give minutes as a JSON number in the sample's metadata"));
                return;
        }

        if (sample.Invalidation.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            reader.Notes.Invalidated();
            return;
        }

        var given = default(JsonElement);
        if (sample.Scores is { Count: > 0 } scores)
        {
            var (scorer, first) = scores.GetAt(0);
            reader.Notes.Scorers(evaluation.Task!, scores.Count, scorer);
            given = first?.Value ?? default;
        }

        if (given.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            if (Value(given) is not { } value)
            {
                reader.Fault(Place(), new FigureFault("score", $"`{Raw(given)}` is not a score", "score samples with a number in [0, 1], true or false, or C, P, N, I"));
                return;
            }

            raw.Continuous = value;
            raw.Score = value is > 0 and < 1 ? 0 : value;
        }
        else if (failed || limited)
        {
            raw.Score = 0;
        }
        else if (sample.Scores is { Count: > 0 })
        {
            reader.Notes.Unscored();
            return;
        }
        else
        {
            reader.Fault(Place(), new FigureFault("score", "there is none", "score the log with `inspect score`"));
            return;
        }

        reader.Add(Place, number, raw);
    }

    private static double? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => Text(value) switch { "C" => 1, "P" => 0.5, "I" or "N" => 0, _ => null },
        _ => null,
    };

    /// <summary>The JSON as it is quoted in a fault, whatever its bytes.</summary>
    private static string Raw(JsonElement element) => RawRow.Shown(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element)));

    /// <summary>A JSON string; nothing where it is none, its bytes are not UTF-8 or its escapes are half of a surrogate pair.</summary>
    private static string? Text(JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
