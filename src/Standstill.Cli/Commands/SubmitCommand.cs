using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Standstill.Node.Api;

namespace Standstill.Cli.Commands;

/// <summary>`standstill submit`: sends a signed statement and keeps its receipt.</summary>
internal static class SubmitCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "The envelope that `standstill sign` wrote, `-` for standard input" };
        var node = Inputs.Node();
        var receipt = new Option<string?>("--receipt") { Description = "Where to keep the receipt; the entry's bytes are kept beside it under the same name with `.entry`" };
        var json = Inputs.Json();
        var command = new Command("submit", """
            Send a signed statement to a node; prints the entry's number

            The same statement sent twice gets the same receipt. Exit status 1 when it is refused.

            Examples:
              standstill submit lab.envelope --receipt lab.tlog-proof
              standstill receipt verify lab.tlog-proof --entry lab.tlog-proof.entry --key 'standstill.example/registry+…'
            """) { file, node, receipt, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(receipt);
            if (path is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                throw new UsageException($"--receipt: there is no directory for `{path}`; nothing was sent");
            }

            using var http = new HttpClient { BaseAddress = Inputs.ParseUrl(parsed.GetValue(node)!) };
            var answer = await SendAsync(http, Inputs.Read(parsed.GetValue(file)!), cancellation);
            if (path is not null)
            {
                await File.WriteAllTextAsync(path, answer.Receipt, cancellation);
                await File.WriteAllBytesAsync(path + ".entry", await http.GetByteArrayAsync($"/api/entries/{answer.Index}/raw", cancellation), cancellation);
            }

            if (parsed.GetValue(json))
            {
                Output.Json(JsonSerializer.SerializeToNode(answer, JsonSerializerOptions.Web)!);
            }
            else
            {
                Output.Line(Text(answer));
            }

            return Exit.Good;
        });
        return command;
    }

    /// <summary>Sends an envelope to a node.</summary>
    /// <exception cref="RefusedException">The node refused it; the message is the node's.</exception>
    internal static async Task<SubmissionAnswer> SendAsync(HttpClient http, byte[] envelope, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(envelope);
        content.Headers.ContentType = new("application/json");
        using var response = await http.PostAsync("/api/statements", content, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            var problem = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            throw new RefusedException([$"{problem.GetProperty("title")}: {(problem.TryGetProperty("detail", out var detail) ? detail : "")}"]);
        }

        return (await response.Content.ReadFromJsonAsync<SubmissionAnswer>(cancellation))!;
    }

    /// <summary>An answer in one line.</summary>
    internal static string Text(SubmissionAnswer answer) => $"entry {answer.Index}, {answer.Outcome}{(answer.Repeated ? ", as before" : "")}";
}
