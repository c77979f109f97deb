using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Standstill.Protocol;

namespace Standstill.Node.Notices;

/// <summary>Sends notices as mail, through a server that takes it.</summary>
internal sealed class MailSender
{
    /// <summary>Decides on the server's certificate in place of the machine's list of authorities; null in a node.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <summary>Delivers a notice, or says why not.</summary>
    public async Task<Delivery> SendAsync(Route.Mail to, Notice notice, World world, Uri site, string subscription, CancellationToken cancellation)
    {
        using var client = new SmtpClient { Timeout = 30_000, ServerCertificateValidationCallback = Trust };
        try
        {
            var security = to.Server.Security switch
            {
                MailSecurity.Starttls => SecureSocketOptions.StartTls,
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                _ => SecureSocketOptions.None,
            };
            await client.ConnectAsync(to.Server.Host, to.Server.Port, security, cancellation);
            if (to.Server.Login is { } login)
            {
                await client.AuthenticateAsync(login.User, login.Password, cancellation);
            }

            using var message = Message(to, notice, world, site, subscription);
            await client.SendAsync(message, cancellation);
        }
        catch (AuthenticationException)
        {
            return new Delivery.Failed("the mail server does not take user and password");
        }
        catch (SslHandshakeException)
        {
            return new Delivery.Failed("the mail server's certificate is not one that this machine trusts");
        }
        catch (Exception e) when (e is CommandException or ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException
            or SocketException or IOException or NotSupportedException or TimeoutException)
        {
            return new Delivery.Failed($"the mail server does not take it: {e.Message.TrimEnd('.')}");
        }

        try
        {
            await client.DisconnectAsync(true, cancellation);
        }
        catch (Exception e) when (e is CommandException or ProtocolException or IOException or SocketException or ServiceNotConnectedException)
        {
            // The server has taken the mail; that it does not part politely changes nothing.
        }

        return new Delivery.Taken();
    }

    /// <summary>The mail. Sent twice it is the same, so that a reader's program may drop one by its Message-ID.</summary>
    internal static MimeMessage Message(Route.Mail to, Notice notice, World world, Uri site, string subscription)
    {
        var domain = to.Server.From.Domain;
        var message = new MimeMessage
        {
            Date = notice.Time,
            MessageId = $"{notice.Id}.{subscription}.{world.Registry!.Value.Hex[..16]}@{domain}",
            Subject = notice.Subject,
            Body = new TextPart("plain") { Text = $"{notice.Text}more    {new Uri(site, notice.Link)}\n" },
        };
        message.From.Add(to.Server.From);
        message.To.Add(to.To);
        message.Headers.Add(HeaderId.ListId, $"<pacts.{domain}>");

        // RFC 3834: nobody's holiday answers this.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
