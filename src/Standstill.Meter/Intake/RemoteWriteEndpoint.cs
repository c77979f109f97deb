using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Standstill.Meter.DeadLetters;
using Standstill.Meter.Store;

namespace Standstill.Meter.Intake;

/// <summary>`POST /api/v1/write`: takes a body of Prometheus remote write 1.0 into the store.</summary>
/// <remarks>
/// Answers, as Prometheus understands them:
/// <code>
/// 204  all samples are durable, or were before
/// 400  what the text says was refused for good, and counted; the rest of the body is durable. The sender goes on.
/// 413  the body is too large
/// 503  nothing was taken; the sender tries again until it is
/// </code>
/// </remarks>
internal sealed class RemoteWriteEndpoint(MeterStore store, DeadLetterFile deadLetters) : IDisposable
{
    private const string Source = "remote-write";

    // Bodies that are uncompressed and read at once: what bounds the memory that senders can make the meter use.
    private readonly SemaphoreSlim _slots = new(Math.Max(2, Environment.ProcessorCount));
    private readonly ConcurrentBag<SampleBatch> _batches = [];

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (store.Refusal is { } refusal)
        {
            context.Response.Headers.RetryAfter = "30";
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, refusal);
            return;
        }

        await _slots.WaitAsync(context.RequestAborted);
        SampleBatch? batch = null;
        var letters = new IntakeLetters();
        try
        {
            var body = await BodyAsync(context.Request);
            string? fault;
            try
            {
                fault = Read(body.Array.AsSpan(0, body.Count), batch = _batches.TryTake(out var used) ? used : new SampleBatch(), letters.Refused);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(body.Array!);
            }

            if (fault is not null)
            {
                var tally = new DeadLetterTally();
                tally.Add(RemoteWrite.Malformed, fault, "");
                deadLetters.Post(Source, tally);
                await AnswerAsync(context, StatusCodes.Status400BadRequest, $"{fault}; {RemoteWrite.Malformed.Remedy}");
                return;
            }
        }
        finally
        {
            _slots.Release();
        }

        await store.AppendAsync(batch, letters);
        batch.Clear();
        _batches.Add(batch);
        deadLetters.Post(Source, letters.NoValue);
        if (letters.Refused.Total == 0)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        deadLetters.Post(Source, letters.Refused);
        await AnswerAsync(
            context, StatusCodes.Status400BadRequest, string.Join('\n', letters.Refused.Counts.Select(c => $"{c.Value} refused, each {c.Key.Message}; {c.Key.Remedy}")));
    }

    public void Dispose() => _slots.Dispose();

    private string? Read(ReadOnlySpan<byte> body, SampleBatch batch, DeadLetterTally tally)
    {
        var length = RemoteWrite.MessageLength(body, out var fault);
        if (fault is not null)
        {
            return fault;
        }

        var message = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            fault = RemoteWrite.TryUncompress(body, message.AsSpan(0, length))
                ? RemoteWrite.Read(message.AsSpan(0, length), store.Series, batch, tally)
                : "not snappy's block format";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }

        if (fault is not null)
        {
            batch.Clear();
            _batches.Add(batch);
        }

        return fault;
    }

    private static async ValueTask<ArraySegment<byte>> BodyAsync(HttpRequest request)
    {
        var body = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? 64 * 1024, RemoteWrite.MaximumBody) + 1);
        var filled = 0;
        try
        {
            for (int read; (read = await request.Body.ReadAsync(body.AsMemory(filled), request.HttpContext.RequestAborted)) > 0;)
            {
                filled += read;
                if (filled == body.Length)
                {
                    var wider = ArrayPool<byte>.Shared.Rent(body.Length * 2);
                    body.CopyTo(wider, 0);
                    ArrayPool<byte>.Shared.Return(body);
                    body = wider;
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(body);
            throw;
        }

        return new ArraySegment<byte>(body, 0, filled);
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", Encoding.UTF8, context.RequestAborted);
    }
}
