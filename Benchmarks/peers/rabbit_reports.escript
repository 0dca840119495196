#!/usr/bin/env escript
%% Both clients of a RabbitMQ broker: `publish` sends every payload persistent and waits for its confirmation, so many at
%% the same time; `consume` takes them from the queue and acknowledges each. Each prints one line of JSON when it is done.
%%
%%   publish PORT FOLDER FILE WINDOW      FILE holds a payload a line, in hexadecimal digits
%%   consume PORT FOLDER COUNT
-mode(compile).
-include_lib("amqp_client/include/amqp_client.hrl").

-define(QUEUE, <<"results">>).

main(["publish", Port, Folder, File, Window]) ->
    {ok, Text} = file:read_file(File),
    Payloads = [binary:decode_hex(Line) || Line <- binary:split(Text, <<"\n">>, [global, trim_all])],
    Channel = channel(Port, Folder, "client"),
    declare(Channel),
    #'confirm.select_ok'{} = amqp_channel:call(Channel, #'confirm.select'{}),
    ok = amqp_channel:register_confirm_handler(Channel, self()),
    io:format("{\"ready\":true}~n"),
    "go\n" = io:get_line(""),
    Began = erlang:monotonic_time(microsecond),
    publish(Channel, Payloads, 1, 0, list_to_integer(Window)),
    io:format("{\"publishSeconds\":~w}~n", [(erlang:monotonic_time(microsecond) - Began) / 1.0e6]),
    "stop\n" = io:get_line("");
main(["consume", Port, Folder, Count]) ->
    Channel = channel(Port, Folder, "client"),
    declare(Channel),
    #'basic.qos_ok'{} = amqp_channel:call(Channel, #'basic.qos'{prefetch_count = 1000}),
    #'basic.consume_ok'{} = amqp_channel:subscribe(Channel, #'basic.consume'{queue = ?QUEUE}, self()),
    io:format("{\"ready\":true}~n"),
    consume(Channel, list_to_integer(Count), 0),
    io:format("{\"consumed\":~s}~n", [Count]),
    "stop\n" = io:get_line("").

channel(Port, Folder, Name) ->
    {ok, _} = application:ensure_all_started(amqp_client),
    Options = [{certfile, Folder ++ "/" ++ Name ++ ".crt"}, {keyfile, Folder ++ "/" ++ Name ++ ".key"},
               {cacertfile, Folder ++ "/ca.crt"}, {verify, verify_peer}, {versions, ['tlsv1.3']},
               {server_name_indication, "localhost"}],
    {ok, Connection} = amqp_connection:start(
        #amqp_params_network{host = "localhost", port = list_to_integer(Port), ssl_options = Options}),
    {ok, Channel} = amqp_connection:open_channel(Connection),
    Channel.

declare(Channel) ->
    #'queue.declare_ok'{} = amqp_channel:call(Channel, #'queue.declare'{queue = ?QUEUE, durable = true}).

%% Sends while the newest is less than the window ahead of the newest confirmed; ends when all are confirmed.
publish(Channel, [], _, _, _) ->
    true = amqp_channel:wait_for_confirms(Channel, {60000, millisecond});
publish(Channel, [Payload | Rest], Next, Confirmed, Window) when Next - 1 - Confirmed < Window ->
    ok = amqp_channel:cast(Channel, #'basic.publish'{routing_key = ?QUEUE},
                           #amqp_msg{props = #'P_basic'{delivery_mode = 2}, payload = Payload}),
    publish(Channel, Rest, Next + 1, Confirmed, Window);
publish(Channel, Payloads, Next, Confirmed, Window) ->
    receive
        #'basic.ack'{delivery_tag = Tag} -> publish(Channel, Payloads, Next, max(Confirmed, Tag), Window)
    after 60000 -> error(no_confirmation)
    end.

consume(_, Count, Count) -> ok;
consume(Channel, Count, Taken) ->
    receive
        {#'basic.deliver'{delivery_tag = Tag}, #amqp_msg{}} ->
            ok = amqp_channel:cast(Channel, #'basic.ack'{delivery_tag = Tag}),
            consume(Channel, Count, Taken + 1);
        #'basic.consume_ok'{} -> consume(Channel, Count, Taken)
    after 60000 -> error(no_delivery)
    end.
